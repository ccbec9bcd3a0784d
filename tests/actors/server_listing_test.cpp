#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;
using Catch::Matchers::Contains;
using model::server_state;

TEST_CASE_METHOD(server_fixture, "pages of two listings never mix", "[actors][server][listing]") {
    serve("paged");
    REQUIRE(call_works());
    REQUIRE(view().status.tools_count == 12);
    REQUIRE(transcript_count("\"tools/list\"") == 2);
    for (int i = 0; i < 3; ++i) {
        ask(caller, server, actors::refresh_status{});
    }
    auto& reports = client.of<actors::status_report>();
    REQUIRE(run_until([&] { return reports.size() == 3; }));
    for (const auto& report : reports) {
        CHECK(report.status.tools_count == 12);
    }
    // Nobody saw a change, and two listings of two pages were enough for the three.
    CHECK(log.of<actors::items_discovered>().size() == 1);
    REQUIRE(call_works());
    CHECK(transcript_count("\"tools/list\"") == 6);
}

TEST_CASE_METHOD(server_fixture, "a refresh during a listing is answered by the one after it",
                 "[actors][server][listing]") {
    serve("growing");
    REQUIRE(call_works());
    REQUIRE(view().status.tools_count == 13);
    ask(caller, server, actors::refresh_status{});
    ask(caller, server, actors::refresh_status{});
    auto& reports = client.of<actors::status_report>();
    REQUIRE(run_until([&] { return reports.size() == 2; }));
    CHECK(reports[0].status.tools_count == 14);
    CHECK(reports[1].status.tools_count == 15);
}

TEST_CASE_METHOD(server_fixture, "a change during the first listing is listed once more",
                 "[actors][server][listing]") {
    serve("restless");
    REQUIRE(call_works());
    advance(actors::page_listing::limits{}.first_pause);
    REQUIRE(run_until([&] { return view().status.tools_count == 13; }));
    REQUIRE(call_works());
    CHECK(transcript_count("\"tools/list\"") == 2);
}

TEST_CASE_METHOD(server_fixture, "a refresh of a server that refuses to list says so",
                 "[actors][server][listing]") {
    serve("listless");
    ask(caller, server, actors::refresh_status{});
    auto& reports = client.of<actors::status_report>();
    REQUIRE(run_until([&] { return reports.size() == 1; }));
    CHECK(reports[0].status.state == server_state::error);
    CHECK_THAT(reports[0].status.last_error, Contains("no list today"));
}
