#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using actors::call_fault;
using Catch::Matchers::Contains;
using model::server_state;

namespace {

struct pipes_fixture : server_fixture {
    /// What the call gets that is open when the process is found without its stdout.
    const std::vector<actors::request_failed>& failures_without_output() {
        serve("no_output");
        REQUIRE(call_works());
        call("hang");
        auto& failures = client.of<actors::request_failed>();
        REQUIRE(run_until([&] {
            advance(100ms);
            return !failures.empty();
        }));
        return failures;
    }
};

} // namespace

TEST_CASE_METHOD(pipes_fixture, "a process that closes its stdout is replaced",
                 "[actors][server]") {
    const auto& failures = failures_without_output();
    CHECK(failures.front().fault == call_fault::lost);
    CHECK_THAT(failures.front().reason, Contains("'scripted' closed its stdout"));
    CHECK(view().status.state == server_state::starting);
    advance(services.options.server_stop_grace);
    REQUIRE(call_works());
    CHECK(view().starts == 2);
    CHECK(view().restarts == 1);
    CHECK(logged(model::log_level::error, model::log_category::crash, "closed its stdout"));
}

TEST_CASE_METHOD(server_fixture, "a process that closes its stdin is replaced",
                 "[actors][server]") {
    serve("no_input");
    REQUIRE(call_works());
    // That it is closed shows at a write.
    auto& failures = client.of<actors::request_failed>();
    REQUIRE(run_until([&] {
        if (failures.empty()) {
            call("hang");
        }
        advance(100ms);
        return !failures.empty() && view().status.state != server_state::online;
    }));
    CHECK_THAT(view().status.last_error, Contains("closed its stdin"));
    advance(services.options.server_stop_grace);
    REQUIRE(wait_for(server_state::online));
    CHECK(view().starts == 2);
}

TEST_CASE_METHOD(pipes_fixture, "a process without stdout that is to stop does not come back",
                 "[actors][server]") {
    (void)failures_without_output();
    ask(caller, server, actors::stop_server{});
    settle();
    advance(services.options.server_stop_grace);
    REQUIRE(run_until([&] { return client.of<actors::stopped>().size() == 1; }));
    CHECK(view().starts == 1);
}

TEST_CASE_METHOD(server_fixture, "a server hears that nobody waits for a status check any more",
                 "[actors][server]") {
    serve("pingless");
    REQUIRE(call_works());
    const auto cancelled = [&] {
        return transcript_count("notifications/cancelled");
    };
    ask(caller, server, actors::refresh_status{});
    // The list has its answer by then, so that the ping alone is still open.
    REQUIRE(run_until([&] {
        return transcript_count("\"ping\"") == 1 && client.of<actors::status_report>().size() == 1;
    }));
    CHECK(cancelled() == 0);
    SECTION("when another one takes its place") {
        ask(caller, server, actors::refresh_status{});
        CHECK(run_until([&] { return cancelled() == 1; }));
    }
    SECTION("when its time is over") {
        advance(services.options.handshake_timeout);
        CHECK(run_until([&] { return cancelled() == 1; }));
    }
    CHECK(call_works());
}
