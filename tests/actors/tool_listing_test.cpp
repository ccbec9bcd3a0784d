#include "actors/tool_listing.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace std::chrono_literals;
using actors::tool_listing;

namespace {

constexpr monotonic_time start{1h};

mcp::tool_page page(const std::vector<std::string>& names, const std::string& cursor = "") {
    mcp::tool_page made;
    for (const auto& name : names) {
        made.tools.push_back({name, R"({"name":")" + name + R"("})"});
    }
    made.next_cursor = cursor;
    return made;
}

std::vector<std::string> names_of(const tool_listing::step& step) {
    std::vector<std::string> names;
    for (const auto& tool : std::get<tool_listing::finished>(step).tools) {
        names.push_back(tool.name);
    }
    return names;
}

bool is_nothing(const tool_listing::step& step) {
    return std::holds_alternative<std::monostate>(step);
}

using words = std::vector<std::string>;

} // namespace

TEST_CASE("a listing puts its pages together", "[actors][listing]") {
    tool_listing listing({});
    const auto first = listing.wish(start);
    REQUIRE(first);
    CHECK(first->cursor.empty());
    CHECK(first->listing == listing.newest());
    const auto step = listing.take(first->listing, page({"a", "b"}, "\"next\""));
    const auto& second = std::get<tool_listing::page_request>(step);
    CHECK(second.cursor == "\"next\"");
    CHECK(second.listing == first->listing);
    CHECK(names_of(listing.take(second.listing, page({"c"}))) == words{"a", "b", "c"});
    CHECK_FALSE(listing.under_way());
    CHECK_FALSE(listing.due(start));
}

TEST_CASE("wishes during a listing are one listing after it", "[actors][listing]") {
    tool_listing listing({});
    const auto first = listing.wish(start);
    CHECK_FALSE(listing.wish(start));
    CHECK_FALSE(listing.wish(start + 1s));
    CHECK(listing.newest() == first->listing + 1);
    SECTION("when it ends") {
        CHECK(names_of(listing.take(first->listing, page({"old"}))) == words{"old"});
    }
    SECTION("when it fails") { CHECK(listing.fail(first->listing)); }
    const auto second = listing.due(start + 1s);
    REQUIRE(second);
    CHECK(second->listing == first->listing + 1);
    CHECK(listing.newest() == second->listing);
    CHECK(names_of(listing.take(second->listing, page({"new"}))) == words{"new"});
    CHECK_FALSE(listing.due(start + 1h));
}

TEST_CASE("a listing that takes too long gives way to the next one that is wished",
          "[actors][listing]") {
    tool_listing listing({.patience = 30s});
    const auto first = listing.wish(start);
    REQUIRE_FALSE(listing.due(start + 1h));
    std::optional<tool_listing::page_request> second;
    SECTION("wished before") {
        CHECK_FALSE(listing.wish(start + 29s));
        CHECK_FALSE(listing.due(start + 29s));
        second = listing.due(start + 30s);
    }
    SECTION("wished after") { second = listing.wish(start + 30s); }
    REQUIRE(second);
    CHECK(second->listing != first->listing);
    CHECK(is_nothing(listing.take(first->listing, page({"late"}))));
    CHECK_FALSE(listing.fail(first->listing));
    CHECK(names_of(listing.take(second->listing, page({"new"}))) == words{"new"});
}

TEST_CASE("a listing that takes long is still taken when nobody wished another",
          "[actors][listing]") {
    tool_listing listing({.patience = 30s});
    const auto first = listing.wish(start);
    CHECK_FALSE(listing.due(start + 1h));
    CHECK(names_of(listing.take(first->listing, page({"late"}))) == words{"late"});
}

TEST_CASE("pages of an earlier process are not of this one's listing", "[actors][listing]") {
    tool_listing listing({});
    const auto first = listing.wish(start);
    CHECK_FALSE(listing.wish(start));
    listing.reset();
    CHECK_FALSE(listing.under_way());
    CHECK_FALSE(listing.due(start + 1h));
    CHECK(is_nothing(listing.take(first->listing, page({"old"}))));
    const auto second = listing.wish(start);
    REQUIRE(second);
    CHECK(is_nothing(listing.take(first->listing, page({"old"}))));
    CHECK(names_of(listing.take(second->listing, page({"new"}))) == words{"new"});
}

TEST_CASE("the first of two tools with one name is kept", "[actors][listing]") {
    tool_listing listing({});
    const auto first = listing.wish(start);
    auto doubled = page({"a", "b", "a", "c", "b", "d"});
    doubled.tools[2].definition = "another";
    const auto step = listing.take(first->listing, doubled);
    CHECK(names_of(step) == words{"a", "b", "c", "d"});
    CHECK(std::get<tool_listing::finished>(step).tools[0].definition == R"({"name":"a"})");
}

TEST_CASE("tools over the limit are left out, and it is told", "[actors][listing]") {
    tool_listing listing({.tools_max = 3});
    const auto first = listing.wish(start);
    REQUIRE_FALSE(is_nothing(listing.take(first->listing, page({"a", "b"}, "\"next\""))));
    std::optional<tool_listing::step> step;
    SECTION("more than fit in the page") {
        step = listing.take(first->listing, page({"c", "d"}));
        CHECK(std::get<tool_listing::finished>(*step).cut_short);
    }
    SECTION("another page after those that fit") {
        step = listing.take(first->listing, page({"c"}, "\"more\""));
        CHECK(std::get<tool_listing::finished>(*step).cut_short);
    }
    SECTION("exactly those that fit") {
        step = listing.take(first->listing, page({"c"}));
        CHECK_FALSE(std::get<tool_listing::finished>(*step).cut_short);
    }
    CHECK(names_of(*step) == words{"a", "b", "c"});
}

TEST_CASE("tools over the limit of bytes are left out, and it is told", "[actors][listing]") {
    const auto tool_bytes = page({"a"}).tools.front().definition.size();
    tool_listing listing({.bytes_max = 3 * tool_bytes});
    const auto first = listing.wish(start);
    REQUIRE_FALSE(is_nothing(listing.take(first->listing, page({"a", "b"}, "\"next\""))));
    std::optional<tool_listing::step> step;
    SECTION("the page does not fit, whatever comes after it") {
        step = listing.take(first->listing, page({"c", "d"}, "\"more\""));
        CHECK(std::get<tool_listing::finished>(*step).cut_short);
    }
    SECTION("exactly those that fit") {
        step = listing.take(first->listing, page({"c"}));
        CHECK_FALSE(std::get<tool_listing::finished>(*step).cut_short);
    }
    REQUIRE(names_of(*step) == words{"a", "b", "c"});
    const auto second = listing.wish(start);
    step = listing.take(second->listing, page({"d", "e", "f"}));
    CHECK(names_of(*step) == words{"d", "e", "f"});
    CHECK_FALSE(std::get<tool_listing::finished>(*step).cut_short);
}
