#include "net/sse_parser.hpp"

#include "tests/support/catch.hpp"

#include <string>
#include <vector>

using namespace orch::net;
using namespace std::chrono_literals;

namespace {

std::vector<sse_event> all_of(sse_parser& parser, std::string_view text) {
    std::vector<sse_event> out;
    while (auto event = parser.take(text)) {
        out.push_back(std::move(*event));
    }
    CHECK(text.empty());
    return out;
}

std::vector<sse_event> parsed(std::string_view text) {
    sse_parser parser{1024};
    return all_of(parser, text);
}

} // namespace

TEST_CASE("an event has the fields of its block", "[net][sse]") {
    const auto events = parsed("event: message\nid: a1\nretry: 500\ndata: {\"x\":1}\n\n");
    REQUIRE(events.size() == 1);
    CHECK(events[0].type == "message");
    CHECK(events[0].id == "a1");
    CHECK(events[0].retry == 500ms);
    CHECK(events[0].data == R"({"x":1})");
}

TEST_CASE("lines end with LF, CR or CRLF, and pieces may be cut anywhere", "[net][sse]") {
    for (const std::string end : {"\n", "\r", "\r\n"}) {
        const auto text = "data: one" + end + "data: two" + end + end + ": comment" + end +
                          "id: 7" + end + "data:three" + end + end;
        CAPTURE(end, text);
        for (std::size_t piece = 1; piece <= text.size(); ++piece) {
            sse_parser parser{1024};
            std::vector<sse_event> events;
            for (std::size_t at = 0; at < text.size(); at += piece) {
                for (auto& event : all_of(parser, std::string_view(text).substr(at, piece))) {
                    events.push_back(std::move(event));
                }
            }
            REQUIRE(events.size() == 2);
            CHECK(events[0].data == "one\ntwo");
            CHECK_FALSE(events[0].id);
            CHECK(events[1].data == "three");
            CHECK(events[1].id == "7");
        }
    }
}

TEST_CASE("what is no field of an event stream is skipped", "[net][sse]") {
    CHECK(parsed(": a comment\n\n\n\nunknown: x\n\n:\n\n").empty());
    CHECK(parsed("data: cut off").empty());
    const auto events = parsed("\xEF\xBB\xBF"
                               "data:  two blanks\nretry: soon\ndata\n\n");
    REQUIRE(events.size() == 1);
    CHECK(events[0].data == " two blanks\n");
    CHECK_FALSE(events[0].retry);
}

TEST_CASE("an id with a NUL is none, an empty one is", "[net][sse]") {
    using namespace std::string_literals;
    const auto events = parsed("id: a\0b\ndata: 1\n\nid\ndata: 2\n\n"s);
    REQUIRE(events.size() == 2);
    CHECK_FALSE(events[0].id);
    CHECK(events[1].id == "");
}

TEST_CASE("an event without data tells its id and pause", "[net][sse]") {
    const auto events = parsed("id: p1\nretry: 10\ndata: \n\nretry: 20\n\n");
    REQUIRE(events.size() == 2);
    CHECK(events[0].id == "p1");
    CHECK(events[0].data.empty());
    CHECK(events[1].retry == 20ms);
}

TEST_CASE("an event over the limit is thrown away, and the next one is whole", "[net][sse]") {
    for (const std::string& large :
         {"data: " + std::string(5000, 'x'),
          "data: " + std::string(600, 'x') + "\ndata: " + std::string(600, 'y') + "\nid: 9"}) {
        sse_parser parser{1024};
        const auto text = large + "\n\ndata: fine\n\n";
        std::vector<sse_event> events;
        for (std::size_t at = 0; at < text.size(); at += 100) {
            for (auto& event : all_of(parser, std::string_view(text).substr(at, 100))) {
                events.push_back(std::move(event));
            }
        }
        REQUIRE(events.size() == 2);
        CHECK(events[0].discarded_bytes >= 1200);
        CHECK(events[0].data.empty());
        CHECK(events[1].data == "fine");
        CHECK(events[1].discarded_bytes == 0);
    }
}
