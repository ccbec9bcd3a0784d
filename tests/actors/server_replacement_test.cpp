#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using actors::call_fault;
using Catch::Matchers::Contains;

namespace {

class replacement_fixture : public server_fixture {
public:
    ~replacement_fixture() { end_actors(); }

    void serve_with(std::size_t calls_max, const std::string& mode = "normal") {
        services.options.process_calls_max = calls_max;
        serve(mode);
    }
    [[nodiscard]] bool wait_for_log(const std::string& text) {
        return run_until([&] { return logged(text); });
    }
};

} // namespace

TEST_CASE_METHOD(replacement_fixture, "a process that was sent its calls gives way to a fresh one",
                 "[actors][server][replacement]") {
    serve_with(2);
    REQUIRE(call_works());
    REQUIRE(call_works());
    const auto before = view().pid;
    REQUIRE(call_works());
    CHECK(view().pid != before);
    CHECK(view().starts == 2);
    CHECK(view().restarts == 0);
    CHECK(logged("a fresh process takes its place: it was sent 2 calls"));
    CHECK(wait_for_log("stopped the replaced process: exit code 0"));
}

TEST_CASE_METHOD(replacement_fixture, "an old process answers what it was sent before it ends",
                 "[actors][server][replacement]") {
    serve_with(3);
    // What waits for a start goes to that process, whatever it may be sent.
    REQUIRE(call_works());
    const auto held = call("late");
    const auto hanging = call("hang");
    REQUIRE(call_works());
    CHECK(view().starts == 2);
    CHECK_FALSE(answer_to(held));
    CHECK_FALSE(logged("stopped the replaced process"));
    SECTION("it answers") {
        // It does so when it hears that another call is cancelled.
        tell(server, actors::cancel_request{hanging});
        REQUIRE(run_until([&] { return answer_to(held).has_value(); }));
        CHECK(wait_for_log("stopped the replaced process"));
        CHECK(client.of<actors::request_failed>().empty());
        CHECK(view().status.state == model::server_state::online);
    }
    SECTION("its calls are withdrawn") {
        tell(server, actors::cancel_request{held});
        tell(server, actors::cancel_request{hanging});
        settle();
        advance(100ms);
        CHECK(wait_for_log("stopped the replaced process"));
        CHECK(transcript_count("notifications/cancelled") == 2);
        CHECK(client.of<actors::request_failed>().empty());
    }
    SECTION("its calls run out of time") {
        advance(entry.definition.call_timeout);
        CHECK(wait_for_failure(2).fault == call_fault::timeout);
        CHECK(wait_for_log("stopped the replaced process"));
    }
    SECTION("the server is stopped") {
        ask(caller, server, actors::stop_server{});
        REQUIRE(run_until([&] { return client.of<actors::stopped>().size() == 1; }));
        CHECK(wait_for_failure(2).fault == call_fault::lost);
        CHECK(logged("stopped the replaced process"));
    }
}

TEST_CASE_METHOD(replacement_fixture, "an old process that does not end is killed",
                 "[actors][server][replacement]") {
    // Long enough that the launcher does not come first.
    services.options.server_stop_grace = 10min;
    serve_with(1, "stubborn");
    REQUIRE(call_works());
    REQUIRE(call_works());
    CHECK_FALSE(logged("stopped the replaced process"));
    advance(services.options.server_stop_grace);
    advance(2 * services.options.server_stop_grace);
    CHECK(wait_for_log("stopped the replaced process: signal SIGKILL"));
}

TEST_CASE_METHOD(replacement_fixture, "a process that is old and idle is stopped, not replaced",
                 "[actors][server][replacement]") {
    services.options.process_age_max = 60s;
    serve();
    REQUIRE(call_works());
    advance(60s);
    REQUIRE(wait_for_log("stopped the replaced process"));
    CHECK(logged("it is 60 s old"));
    CHECK(view().status.state == model::server_state::stopped);
    CHECK(view().starts == 1);
    CHECK(call_works());
}

TEST_CASE_METHOD(replacement_fixture, "a process that takes too much memory is replaced",
                 "[actors][server][replacement]") {
    services.options.process_memory_max = 1;
    serve();
    REQUIRE(call_works());
    call("hang");
    settle();
    advance(10s);
    CHECK(wait_for_log("a fresh process takes its place: it takes"));
    CHECK(run_until([&] { return view().starts == 2; }));
}
