#include "api/page_cursor.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::api;
using namespace std::chrono_literals;

TEST_CASE("a cursor comes back as it was, to the millisecond", "[api][cursor]") {
    const auto tag = query_tag("calls of one", {{"status", "error"}});
    const page_cursor sent{uuid::random(),
                           std::chrono::system_clock::time_point(1'700'000'000'123ms)};
    const auto text = print_cursor(sent, tag);
    CHECK(text.find_first_not_of(
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    const auto got = read_cursor(text, tag);
    REQUIRE(got);
    CHECK(got->before == sent.before);
    CHECK(got->from == sent.from);
}

TEST_CASE("a cursor belongs to its log, its project and its filters", "[api][cursor]") {
    const std::string project = "calls of one";
    const net::header_list query{{"project_id", "home"}, {"status", "error"}, {"tool_name", "a"}};
    const auto tag = query_tag(project, query);
    // Which page, in which order the parameters stand and how the project is named is all the same.
    CHECK(query_tag(project, {{"tool_name", "a"},
                              {"cursor", "x"},
                              {"page_size", "7"},
                              {"status", "error"},
                              {"session_id", ""},
                              {"limit", "9"},
                              {"project_id", "of one"}}) == tag);
    CHECK(query_tag("calls of another", query) != tag);
    CHECK(query_tag(project, {{"status", "error"}}) != tag);
    CHECK(query_tag(project, {{"status", "error"}, {"tool_name", "b"}}) != tag);
    CHECK(query_tag(project, {{"status", "errortool_name"}, {"a", "a"}}) != tag);
    const auto text = print_cursor({uuid::random(), {}}, tag);
    CHECK(read_cursor(text, tag));
    CHECK_FALSE(read_cursor(text, query_tag("calls of another", query)));
}

TEST_CASE("what is no cursor is none", "[api][cursor]") {
    const auto tag = query_tag("calls of one", {});
    const auto text = print_cursor({uuid::random(), {}}, tag);
    CHECK_FALSE(read_cursor("", tag));
    CHECK_FALSE(read_cursor("x", tag));
    CHECK_FALSE(read_cursor(uuid::random().to_string(), tag));
    CHECK_FALSE(read_cursor(text + "AAAA", tag));
    CHECK_FALSE(read_cursor(text.substr(0, text.size() - 4), tag));
    CHECK_FALSE(read_cursor(std::string(1'000'000, 'A'), tag));
    const auto before_1970 = print_cursor(
        {uuid::random(), std::chrono::system_clock::time_point(-1ms)}, tag);
    CHECK_FALSE(read_cursor(before_1970, tag));
}
