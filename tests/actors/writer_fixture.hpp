#pragma once

#include "actors/bridge/ask.hpp"
#include "actors/call_log_writer.hpp"
#include "tests/actors/session_fixture.hpp"
#include "tests/support/database_fixture.hpp"

namespace orch::test {

/// Units whose calls go to a database.
class writer_fixture {
public:
    explicit writer_fixture(std::size_t units = 1) : loop(units) {}
    ~writer_fixture() {
        loop.end_actors();
        recorders.clear();
    }

    /// Another writer on the same spool; `tail` is shown what it stores.
    caf::actor write(const caf::actor& tail = {}) {
        caf::actor writer = loop.system.spawn<actors::call_log_writer, caf::detached>(
            actors::call_log_writer_setup{database.options(),
                                          spool.options,
                                          spool.instance,
                                          interval,
                                          sequence,
                                          recorders,
                                          lanes,
                                          state,
                                          loop.clock,
                                          {tail, gate}});
        loop.adopt(writer);
        return writer;
    }
    void record(int count, std::size_t unit = 0) {
        for (int i = 0; i < count; ++i) {
            record_by(*recorders[unit]);
        }
    }
    void record_by(actors::call_recorder& recorder) {
        auto record = std::make_unique<model::call_record>();
        record->project = project;
        record->retention_days = 7;
        record->request_id = std::to_string(++calls);
        record->times.received = loop.clock.wall();
        record->times.finished = loop.clock.wall();
        recorder.record(std::move(record), nullptr, {});
    }
    bool flush(const caf::actor& writer) {
        bool done = false;
        ask_flush(writer, [&] { done = true; });
        return loop.run_until([&] { return done; });
    }
    void ask_flush(const caf::actor& writer, std::function<void()> done) {
        actors::bridge::ask<actors::flushed>(
            loop.system, loop.unit(), writer, actors::flush_log{}, std::chrono::seconds(10),
            [done = std::move(done)](const result<actors::flushed>&) { done(); });
    }
    bool end(const caf::actor& writer, caf::exit_reason why) {
        const auto before = loop.system.registry().running();
        caf::anon_send_exit(writer, why);
        return loop.run_until([&] { return loop.system.registry().running() < before; });
    }
    std::string rows() { return database.value("SELECT count(*) FROM call_log"); }
    void finish() {
        loop.settle();
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
    /// Longer than any test, unless it says so.
    std::chrono::milliseconds interval = std::chrono::minutes(10);
    project_id project = project_id::random();
    std::vector<std::unique_ptr<actors::call_recorder>> recorders = one_per_unit();
    std::vector<actors::call_log_lane> lanes =
        actors::open_lanes(spool.options, spool.instance, recorders.size(), spool.usage).value();
    std::shared_ptr<actors::call_log_state> state = std::make_shared<actors::call_log_state>();
    std::shared_ptr<actors::tail_gate> gate = std::make_shared<actors::tail_gate>(
        16'384, actors::tail_gate::beginning::closed);
    int calls = 0;

private:
    std::vector<std::unique_ptr<actors::call_recorder>> one_per_unit() {
        std::vector<std::unique_ptr<actors::call_recorder>> all;
        const auto units = actors::bridge::coordinator::of(loop.system).unit_count();
        for (std::size_t unit = 0; unit < units; ++unit) {
            all.push_back(spool.recorder(loop.unit(unit), sequence, {}));
        }
        return all;
    }
};

} // namespace orch::test
