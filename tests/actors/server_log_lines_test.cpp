#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

// What is written to the log of a server, at which level and in which category.

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using level = model::log_level;
using category = model::log_category;

TEST_CASE_METHOD(server_fixture, "a start and its handshake are told of", "[actors][server]") {
    serve();
    REQUIRE(call_works());
    CHECK(logged(level::info, category::startup, "started, pid "));
    CHECK(logged(level::info, category::handshake, "scripted 1 speaks 2025-06-18"));
    CHECK(logged(level::info, category::refresh, "tools listed: 12"));
    for (const auto& line : log.of<actors::server_logged>()) {
        CHECK(line.entry.project == entry.definition.project);
        CHECK(line.entry.server == entry.definition.id);
        CHECK_FALSE(line.entry.search_text.empty());
    }
}

TEST_CASE_METHOD(server_fixture, "each refresh that somebody asks for is told of",
                 "[actors][server]") {
    const auto told = [&] {
        std::size_t count = 0;
        for (const auto& line : log.of<actors::server_logged>()) {
            count += line.entry.category == category::refresh && line.entry.level == level::info
                         ? 1
                         : 0;
        }
        return count;
    };
    serve();
    REQUIRE(call_works());
    REQUIRE(told() == 1);
    for (std::size_t i = 1; i <= 3; ++i) {
        ask(caller, server, actors::refresh_status{});
        REQUIRE(run_until([&] { return client.of<actors::status_report>().size() == i; }));
        CHECK(told() == 1 + i);
    }
    CHECK_FALSE(logged("others than before"));
    REQUIRE(call_works("change"));
    advance(actors::page_listing::limits{}.first_pause);
    REQUIRE(run_until([&] { return view().status.tools_count == 13; }));
    CHECK(logged(level::info, category::refresh, "tools listed: 13, others than before"));
}

TEST_CASE_METHOD(server_fixture, "tools that no client could call are told of",
                 "[actors][server]") {
    serve("careless");
    REQUIRE(call_works());
    CHECK(logged(level::warning, category::refresh, "3 of the tools that it lists are left out"));
    CHECK(logged(level::info, category::refresh, "tools listed: 12"));
}

TEST_CASE_METHOD(server_fixture, "a refresh that fails is told of", "[actors][server]") {
    SECTION("the server refuses to list") {
        serve("listless");
        ask(caller, server, actors::refresh_status{});
        REQUIRE(wait_for(model::server_state::error));
        CHECK(logged(level::error, category::refresh, "tools/list failed: "));
    }
    SECTION("the server does not answer") {
        services.options.handshake_timeout = 24h;
        serve("mute");
        ask(caller, server, actors::refresh_status{});
        settle();
        advance(30s);
        REQUIRE(client.of<actors::status_report>().size() == 1);
        CHECK(logged(level::error, category::refresh, "did not answer the status check in time"));
    }
}

TEST_CASE_METHOD(server_fixture, "an end is told of with its code or signal", "[actors][server]") {
    serve();
    REQUIRE(call_works());
    SECTION("a code") {
        call("leave");
        (void)wait_for_failure();
        CHECK(logged(level::error, category::crash, "ended with exit code 4"));
    }
    SECTION("a signal") {
        call("die");
        (void)wait_for_failure();
        CHECK(logged(level::error, category::crash, "SIGKILL"));
    }
    SECTION("a stop") {
        ask(caller, server, actors::stop_server{});
        REQUIRE(run_until([&] { return client.of<actors::stopped>().size() == 1; }));
        CHECK(logged(level::info, category::shutdown, "stopped: exit code 0"));
    }
}

TEST_CASE_METHOD(server_fixture, "a loop of crashes ends with a line that says so",
                 "[actors][server]") {
    constexpr auto given_up = "given up after 6 crashes and failed starts within 60 s";
    SECTION("of crashes") {
        serve();
        for (std::size_t i = 1; i <= 6; ++i) {
            REQUIRE(call_works());
            CHECK_FALSE(logged(given_up));
            call("die");
            (void)wait_for_failure(i);
            advance(3s);
        }
        REQUIRE(wait_for(model::server_state::error));
    }
    SECTION("of starts") {
        serve("exits");
        for (std::size_t i = 1; i <= 6; ++i) {
            CHECK_FALSE(logged(given_up));
            call("echo");
            (void)wait_for_failure(i);
            advance(8s);
        }
        CHECK(
            logged(level::error, category::startup, "ended with exit code 3 during the handshake"));
    }
    CHECK(logged(level::error, category::crash, given_up));
}

TEST_CASE_METHOD(server_fixture, "what was left out is told of when the server ends, too",
                 "[actors][server]") {
    services.options.stderr_lines_per_second = 20;
    serve("stray");
    REQUIRE(call_works());
    CHECK_FALSE(logged("left out"));
    call("die");
    (void)wait_for_failure();
    CHECK(logged(level::warning, category::output, "more lines were left out"));
}
