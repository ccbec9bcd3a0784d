#include "actors/call_log_writer.hpp"

#include "actors/bridge/ask.hpp"
#include "tests/actors/session_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

using namespace orch;
using namespace orch::test;

namespace {

/// One unit whose calls go to a database.
class writer_fixture {
public:
    ~writer_fixture() {
        loop.end_actors();
        recorders.clear();
    }

    /// Another writer on the same spool.
    caf::actor write() {
        caf::actor writer = loop.system.spawn<actors::call_log_writer, caf::detached>(
            actors::call_log_writer_setup{database.options(), spool.options, spool.instance,
                                          std::chrono::minutes(10), sequence, recorders, lanes,
                                          state, loop.clock});
        loop.adopt(writer);
        return writer;
    }
    void record(int count) {
        for (int i = 0; i < count; ++i) {
            model::call_record record;
            record.project = project_id::random();
            record.retention_days = 7;
            record.request_id = std::to_string(++calls_);
            record.times.received = loop.clock.wall();
            record.times.finished = loop.clock.wall();
            recorders.front()->record(std::move(record), nullptr, {});
        }
        loop.settle();
    }
    bool flush(const caf::actor& writer) {
        bool done = false;
        actors::bridge::ask<actors::flushed>(loop.system, loop.unit(), writer, actors::flush_log{},
                                             std::chrono::seconds(10),
                                             [&](const result<actors::flushed>&) { done = true; });
        return loop.run_until([&] { return done; });
    }
    bool end(const caf::actor& writer, caf::exit_reason why) {
        const auto before = loop.system.registry().running();
        caf::anon_send_exit(writer, why);
        return loop.run_until([&] { return loop.system.registry().running() < before; });
    }
    std::string rows() { return database.value("SELECT count(*) FROM call_log"); }
    void finish() {
        recorders.clear();
        actors::finish_lanes(lanes, spool.options, spool.instance);
    }
    std::size_t files() const {
        return storage::find_remains(spool.options, instance_id{}).files.size();
    }

    // First: where it leaves an account behind, files are to be the new account's.
    database_fixture database;
    actor_fixture loop;
    spool_place spool;
    uuid_sequence sequence;
    std::vector<std::unique_ptr<actors::call_recorder>> recorders = one_recorder();
    std::vector<actors::call_log_lane> lanes =
        actors::open_lanes(spool.options, spool.instance, 1, spool.usage).value();
    std::shared_ptr<actors::call_log_state> state = std::make_shared<actors::call_log_state>();

private:
    std::vector<std::unique_ptr<actors::call_recorder>> one_recorder() {
        std::vector<std::unique_ptr<actors::call_recorder>> all;
        all.push_back(spool.recorder(loop.unit(), sequence, {}));
        return all;
    }

    int calls_ = 0;
};

} // namespace

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
