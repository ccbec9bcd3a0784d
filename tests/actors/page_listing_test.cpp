#include "actors/page_listing.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace std::chrono_literals;
using actors::page_listing;

namespace {

constexpr monotonic_time start{1h};

mcp::item_page_reading page(const std::vector<std::string>& names, const std::string& cursor = "") {
    mcp::item_page_reading reading;
    auto& made = reading.page;
    for (const auto& name : names) {
        made.items.push_back({name, R"({"name":")" + name + R"("})"});
    }
    made.next_cursor = cursor;
    return reading;
}

std::vector<std::string> names_of(const page_listing::step& step) {
    std::vector<std::string> names;
    for (const auto& tool : std::get<page_listing::finished>(step).items) {
        names.push_back(tool.name);
    }
    return names;
}

bool is_nothing(const page_listing::step& step) {
    return std::holds_alternative<std::monostate>(step);
}

using words = std::vector<std::string>;

} // namespace

TEST_CASE("a listing puts its pages together", "[actors][listing]") {
    page_listing listing({});
    const auto first = listing.wish(start);
    REQUIRE(first);
    CHECK(first->cursor.empty());
    CHECK(first->listing == listing.newest());
    const auto step = listing.take(first->listing, page({"a", "b"}, "\"next\""));
    const auto& second = std::get<page_listing::page_request>(step);
    CHECK(second.cursor == "\"next\"");
    CHECK(second.listing == first->listing);
    CHECK(names_of(listing.take(second.listing, page({"c"}))) == words{"a", "b", "c"});
    CHECK_FALSE(listing.under_way());
    CHECK_FALSE(listing.due(start));
}

TEST_CASE("wishes during a listing are one listing after it", "[actors][listing]") {
    page_listing listing({});
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
    page_listing listing({.patience = 30s});
    const auto first = listing.wish(start);
    REQUIRE_FALSE(listing.due(start + 1h));
    std::optional<page_listing::page_request> second;
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
    page_listing listing({.patience = 30s});
    const auto first = listing.wish(start);
    CHECK_FALSE(listing.due(start + 1h));
    CHECK(names_of(listing.take(first->listing, page({"late"}))) == words{"late"});
}

TEST_CASE("a server that always says its list is another one is listed ever more rarely",
          "[actors][listing]") {
    page_listing listing({.first_pause = 250ms, .pause_max = 1s});
    auto now = start;
    const auto listed_after = [&](std::chrono::milliseconds pause) {
        CHECK_FALSE(listing.hear_of_change(now));
        CHECK_FALSE(listing.hear_of_change(now));
        CHECK_FALSE(listing.due(now + pause - 1ms));
        now += pause;
        const auto next = listing.due(now);
        REQUIRE(next);
        CHECK_FALSE(is_nothing(listing.take(next->listing, page({"a"}))));
    };
    const auto first = listing.hear_of_change(now);
    REQUIRE(first);
    CHECK_FALSE(is_nothing(listing.take(first->listing, page({"a"}))));
    listed_after(250ms);
    listed_after(500ms);
    listed_after(1s);
    listed_after(1s);
    SECTION("whoever asks does not wait") {
        CHECK_FALSE(listing.hear_of_change(now));
        CHECK(listing.wish(now));
    }
    SECTION("after a while of quiet all is as before") {
        now += 2s;
        const auto next = listing.hear_of_change(now);
        REQUIRE(next);
        CHECK_FALSE(is_nothing(listing.take(next->listing, page({"a"}))));
        listed_after(250ms);
    }
}

TEST_CASE("pages of an earlier process are not of this one's listing", "[actors][listing]") {
    page_listing listing({});
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

TEST_CASE("what no client could use is counted over all pages", "[actors][listing]") {
    page_listing listing({});
    for (int round = 0; round < 2; ++round) {
        const auto first = listing.wish(start);
        auto bad = page({"a"}, "\"next\"");
        bad.skipped = 2;
        REQUIRE_FALSE(is_nothing(listing.take(first->listing, bad)));
        bad = page({"b"});
        bad.skipped = 1;
        const auto step = listing.take(first->listing, bad);
        CHECK(std::get<page_listing::finished>(step).skipped == 3);
    }
}

TEST_CASE("the first of two tools with one name is kept", "[actors][listing]") {
    page_listing listing({});
    const auto first = listing.wish(start);
    auto doubled = page({"a", "b", "a", "c", "b", "d"});
    doubled.page.items[2].definition = "another";
    const auto step = listing.take(first->listing, doubled);
    CHECK(names_of(step) == words{"a", "b", "c", "d"});
    CHECK(std::get<page_listing::finished>(step).items[0].definition == R"({"name":"a"})");
}

TEST_CASE("tools over the limit are left out, and it is told", "[actors][listing]") {
    page_listing listing({.items_max = 3});
    const auto first = listing.wish(start);
    REQUIRE_FALSE(is_nothing(listing.take(first->listing, page({"a", "b"}, "\"next\""))));
    std::optional<page_listing::step> step;
    SECTION("more than fit in the page") {
        step = listing.take(first->listing, page({"c", "d"}));
        CHECK(std::get<page_listing::finished>(*step).cut_short);
    }
    SECTION("another page after those that fit") {
        step = listing.take(first->listing, page({"c"}, "\"more\""));
        CHECK(std::get<page_listing::finished>(*step).cut_short);
    }
    SECTION("exactly those that fit") {
        step = listing.take(first->listing, page({"c"}));
        CHECK_FALSE(std::get<page_listing::finished>(*step).cut_short);
    }
    CHECK(names_of(*step) == words{"a", "b", "c"});
}

TEST_CASE("tools over the limit of bytes are left out, and it is told", "[actors][listing]") {
    const auto tool_bytes = page({"a"}).page.items.front().definition.size();
    page_listing listing({.bytes_max = 3 * tool_bytes});
    const auto first = listing.wish(start);
    REQUIRE_FALSE(is_nothing(listing.take(first->listing, page({"a", "b"}, "\"next\""))));
    std::optional<page_listing::step> step;
    SECTION("the page does not fit, whatever comes after it") {
        step = listing.take(first->listing, page({"c", "d"}, "\"more\""));
        CHECK(std::get<page_listing::finished>(*step).cut_short);
    }
    SECTION("exactly those that fit") {
        step = listing.take(first->listing, page({"c"}));
        CHECK_FALSE(std::get<page_listing::finished>(*step).cut_short);
    }
    REQUIRE(names_of(*step) == words{"a", "b", "c"});
    const auto second = listing.wish(start);
    step = listing.take(second->listing, page({"d", "e", "f"}));
    CHECK(names_of(*step) == words{"d", "e", "f"});
    CHECK_FALSE(std::get<page_listing::finished>(*step).cut_short);
}

TEST_CASE("a listing that leads nowhere ends", "[actors][listing]") {
    page_listing::limits limits;
    limits.pages_max = 3;
    page_listing listing(limits);
    const auto first = listing.wish(start);
    SECTION("at a page that leads to itself") {
        const auto second = listing.take(first->listing, page({"a"}, "\"same\""));
        REQUIRE(std::holds_alternative<page_listing::page_request>(second));
        const auto end = listing.take(first->listing, page({}, "\"same\""));
        CHECK(names_of(end) == words{"a"});
        CHECK(std::get<page_listing::finished>(end).cut_short);
    }
    SECTION("after so many pages, be they empty") {
        CHECK_FALSE(is_nothing(listing.take(first->listing, page({}, "\"1\""))));
        CHECK_FALSE(is_nothing(listing.take(first->listing, page({"a"}, "\"2\""))));
        const auto end = listing.take(first->listing, page({}, "\"3\""));
        CHECK(names_of(end) == words{"a"});
        CHECK(std::get<page_listing::finished>(end).cut_short);
    }
    CHECK_FALSE(listing.under_way());
}
