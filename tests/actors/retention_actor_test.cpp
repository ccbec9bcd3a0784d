#include "actors/retention_actor.hpp"

#include "actors/bridge/ask.hpp"
#include "storage/call_log_store.hpp"
#include "storage/server_log_store.hpp"
#include "storage/session_store.hpp"
#include "tests/actors/session_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

#include <pqxx/connection>
#include <pqxx/result>
#include <pqxx/transaction>

using namespace orch;
using namespace orch::test;
using std::chrono::days;

namespace {

class retention_fixture {
public:
    ~retention_fixture() { loop.end_actors(); }

    caf::actor start() {
        caf::actor made = loop.system.spawn<actors::retention_actor, caf::detached>(
            actors::retention_setup{database.options(), spool.options, instance_id::random(),
                                    loop.clock, std::chrono::milliseconds(5)});
        loop.adopt(made);
        return made;
    }
    actors::forgotten forget(const caf::actor& retention) {
        std::optional<result<actors::forgotten>> heard;
        actors::bridge::ask<actors::forgotten>(
            loop.system, loop.unit(), retention, actors::forget_old{}, std::chrono::seconds(10),
            [&](result<actors::forgotten> answer) { heard = std::move(answer); });
        REQUIRE(loop.run_until([&] { return heard.has_value(); }));
        return heard->value();
    }
    void insert_call(int retention_days) {
        model::call_record call;
        call.id = ids.next(loop.clock.wall());
        call.project = project_id::random();
        call.retention_days = retention_days;
        call.times.received = call.times.finished = loop.clock.wall();
        database.run([&](pqxx::connection& live) {
            REQUIRE(storage::insert_calls(live, {call}).inserted == 1);
        });
    }
    void insert_lines(int count) {
        std::vector<model::server_log_entry> lines;
        for (int i = 0; i < count; ++i) {
            lines.push_back({ids.next(loop.clock.wall()), project_id::random(), server_id::random(),
                             model::log_level::info, model::log_category::output, "said"});
        }
        database.run([&](pqxx::connection& live) { storage::insert_server_log(live, lines); });
    }
    std::string calls() { return database.value("SELECT count(*) FROM call_log"); }

    // First: where it leaves an account behind, files are to be the new account's.
    database_fixture database;
    actor_fixture loop;
    spool_place spool;
    uuid_sequence ids;
};

} // namespace

TEST_CASE_METHOD(retention_fixture, "records go when the clock says that they are old enough",
                 "[actors][retention]") {
    insert_call(7);
    insert_call(30);
    insert_lines(3);
    const auto retention = start();
    CHECK(forget(retention).days == 0);
    CHECK(calls() == "2");
    loop.clock.advance(days(8) - std::chrono::milliseconds(1));
    CHECK(forget(retention).days == 0);
    loop.clock.advance(std::chrono::milliseconds(1));
    CHECK(forget(retention).days == 1);
    CHECK(calls() == "1");
    loop.clock.advance(days(358));
    const auto last = forget(retention);
    CHECK(last.days == 1);
    CHECK(last.rows == 3);
    CHECK(last.complete);
}

TEST_CASE_METHOD(retention_fixture,
                 "a round begins with the actor, and takes as many steps as "
                 "there are rows",
                 "[actors][retention]") {
    insert_lines(10'001);
    loop.clock.advance(days(400));
    static_cast<void>(start());
    CHECK(loop.run_until([&] { return database.value("SELECT count(*) FROM server_log") == "0"; }));
}

TEST_CASE_METHOD(retention_fixture, "a day that is read goes once it is read no more",
                 "[actors][retention]") {
    insert_call(7);
    storage::session reader{database.options()};
    const auto read = reader.run([&](pqxx::connection& reading) {
        pqxx::work work{reading};
        work.exec("SELECT count(*) FROM call_log");
        loop.clock.advance(days(30));
        const auto retention = start();
        // It is let go when a drop waits for it.
        REQUIRE(loop.run_until([&] {
            return database.value("SELECT count(*) FROM pg_locks WHERE NOT granted") != "0";
        }));
        work.abort();
        CHECK(forget(retention).complete);
    });
    REQUIRE(read.has_value());
    CHECK(calls() == "0");
}

TEST_CASE_METHOD(retention_fixture,
                 "days wait for what an earlier run left in the spool, but not "
                 "for ever",
                 "[actors][retention]") {
    insert_call(7);
    insert_lines(1);
    loop.clock.advance(days(400));
    const auto left = storage::spool_writer::open(spool.options, spool.instance, 0, spool.usage);
    REQUIRE(left.has_value());
    const auto files = storage::find_remains(spool.options, instance_id{}).files;
    REQUIRE(files.size() == 1);
    const auto retention = start();
    SECTION("until it is stored") {
        REQUIRE(storage::remove_remains(files.front()).has_value());
        CHECK(forget(retention).complete);
    }
    SECTION("until the next round") {
        REQUIRE(loop.run_until(
            [&] { return database.value("SELECT count(*) FROM server_log") == "0"; }));
        CHECK(calls() == "1");
        CHECK(forget(retention).days == 1);
    }
    CHECK(calls() == "0");
}

TEST_CASE_METHOD(retention_fixture, "a failed round is followed by another",
                 "[actors][retention]") {
    insert_call(7);
    loop.clock.advance(days(30));
    database.apply("ALTER TABLE activities RENAME TO mislaid");
    const auto retention = start();
    CHECK_FALSE(forget(retention).complete);
    CHECK(calls() == "0");
    database.apply("ALTER TABLE mislaid RENAME TO activities");
    CHECK(forget(retention).complete);
}
