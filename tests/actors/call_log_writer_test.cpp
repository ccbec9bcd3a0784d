#include "tests/actors/writer_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;

TEST_CASE_METHOD(writer_fixture, "a call log writer goes on where a dead one stopped",
                 "[actors][call-log]") {
    const auto first = write();
    record(3);
    REQUIRE(flush(first));
    CHECK(rows() == "3");
    record(2);
    REQUIRE(end(first, caf::exit_reason::unhandled_exception));
    CHECK(files() == 1);
    record(2);
    const auto second = write();
    REQUIRE(flush(second));
    CHECK(rows() == "7");
    CHECK(state->stored == 7);
    REQUIRE(end(second, caf::exit_reason::user_shutdown));
    finish();
    CHECK(files() == 0);
    CHECK(spool.usage->bytes() == 0);
}

TEST_CASE_METHOD(writer_fixture, "a call log writer stores what comes without being asked",
                 "[actors][call-log]") {
    interval = std::chrono::milliseconds(1);
    write();
    record(2);
    REQUIRE(loop.run_until([&] { return state->stored == 2; }));
    record(1);
    REQUIRE(loop.run_until([&] { return state->stored == 3; }));
}

TEST_CASE_METHOD(writer_fixture, "a call that outlives the call log writer is kept in the spool",
                 "[actors][call-log]") {
    const auto writer = write();
    record(1);
    REQUIRE(flush(writer));
    REQUIRE(end(writer, caf::exit_reason::user_shutdown));
    record(1);
    finish();
    REQUIRE(files() == 1);
    CHECK(spool.records().back().request_id == "2");
}

TEST_CASE_METHOD(writer_fixture, "nothing of a spool without a call is left",
                 "[actors][call-log]") {
    finish();
    CHECK(files() == 0);
}

TEST_CASE("a transaction that does not end means that the database is away", "[actors][call-log]") {
    const monotonic_time now{std::chrono::hours(1)};
    actors::call_log_state state;
    CHECK(state.database_up(now));
    state.storing_since = now;
    CHECK(state.database_up(now + std::chrono::seconds(9)));
    CHECK_FALSE(state.database_up(now + std::chrono::seconds(11)));
    state.storing_since = actors::call_log_state::never;
    CHECK(state.database_up(now + std::chrono::seconds(11)));
    state.database_away = true;
    CHECK_FALSE(state.database_up(now));
}
