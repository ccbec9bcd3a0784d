#include "storage/retention.hpp"

#include "storage/activity_store.hpp"
#include "storage/call_day.hpp"
#include "storage/call_log_store.hpp"
#include "storage/server_log_store.hpp"
#include "storage/session_store.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

#include <pqxx/connection>
#include <pqxx/result>
#include <pqxx/transaction>

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::system_clock;

namespace {

const auto march_14 = std::chrono::sys_days{std::chrono::year{2026} / 3 / 14};

using names = std::vector<std::string>;

struct retention_fixture : database_fixture {
    project_id make_project(int retention_days) {
        const auto id = project_id::random();
        apply("INSERT INTO projects (id, name, display_name, unified_enabled, retention_days,"
              " created_at, updated_at) VALUES ('" +
              id.to_string() + "', 'p" + std::to_string(++projects_) + "', '', true, " +
              std::to_string(retention_days) + ", now(), now())");
        return id;
    }
    void insert_call(int retention_days, system_clock::time_point at) {
        auto call = sample_call(project_id::random(), at);
        call.retention_days = retention_days;
        run([&](pqxx::connection& live) { REQUIRE(insert_calls(live, {call}).inserted == 1); });
    }
    void insert_line(const project_id& project, system_clock::time_point at) {
        run([&](pqxx::connection& live) {
            insert_server_log(live,
                              {{ids_.next(at), project, server_id::random(), model::log_level::info,
                                model::log_category::output, "said"}});
        });
    }
    void insert_session(const project_id& project, system_clock::time_point from,
                        std::optional<system_clock::time_point> to) {
        model::client_session session;
        session.id = session_id::random();
        session.instance = instance_id::random();
        session.project = project;
        session.connected_at = session.last_activity = from;
        session.disconnected_at = to;
        run([&](pqxx::connection& live) { save_sessions(live, {session}); });
    }
    void insert_event(const project_id& project, system_clock::time_point at) {
        run([&](pqxx::connection& live) {
            pqxx::work work{live};
            model::activity event;
            event.id = ids_.next(at);
            event.project = project;
            event.type = model::activity_type::project_updated;
            insert_activity(work, event);
            work.commit();
        });
    }
    names expired(system_clock::time_point now) {
        names out;
        run([&](pqxx::connection& live) { out = expired_call_days(live, now); });
        return out;
    }
    std::size_t forget(aged_table table, system_clock::time_point now, std::size_t most = 100) {
        std::size_t count = 0;
        run([&](pqxx::connection& live) { count = forget_rows(live, table, now, most); });
        return count;
    }

private:
    uuid_sequence ids_;
    int projects_ = 0;
};

} // namespace

TEST_CASE("a day of calls is named and read back", "[storage][retention]") {
    const call_day day{30, march_14};
    CHECK(day.table() == "call_log_30_20260314");
    CHECK(call_day::parse(day.table()) == day);
    for (const auto* other : {"", "call_log", "call_log_30", "call_log_30_", "call_log_30_20260231",
                              "call_log_x_20260314", "call_log_30_20260314x", "calls_30_20260314",
                              "call_log_30_-0260314"}) {
        INFO(other);
        CHECK_FALSE(call_day::parse(other));
    }
}

TEST_CASE_METHOD(retention_fixture, "a day of calls goes when its last moment is past its class",
                 "[storage][retention]") {
    for (const int kept : {7, 30, 90, 365}) {
        const auto table = call_day{kept, march_14}.table();
        insert_call(kept, march_14 + 24h - 1ms);
        const auto end = march_14 + days(1 + kept);
        CHECK(expired(end - 1ms).empty());
        CHECK(expired(end) == names{table});
        run([&](pqxx::connection& live) { drop_call_day(live, table); });
        CHECK(expired(end).empty());
    }
    CHECK(value("SELECT count(*) FROM call_log") == "0");
    insert_call(7, march_14 + 1h);
    CHECK(value("SELECT count(*) FROM call_log") == "1");
}

TEST_CASE_METHOD(retention_fixture, "the oldest day goes first, and usage stays",
                 "[storage][retention]") {
    insert_call(7, march_14 + 24h);
    insert_call(7, march_14);
    insert_call(30, march_14 - 24h);
    const auto now = march_14 + days(60);
    const names wanted{"call_log_30_20260313", "call_log_7_20260314", "call_log_7_20260315"};
    REQUIRE(expired(now) == wanted);
    for (const auto& table : wanted) {
        run([&](pqxx::connection& live) { drop_call_day(live, table); });
    }
    CHECK(value("SELECT sum(calls) FROM usage_daily") == "3");
}

TEST_CASE_METHOD(retention_fixture, "a day that somebody reads is left, and soon",
                 "[storage][retention]") {
    insert_call(7, march_14);
    session reader{options()};
    const auto read = reader.run([&](pqxx::connection& reading) {
        pqxx::work work{reading};
        work.exec("SELECT count(*) FROM call_log");
        session dropper{options()};
        const auto dropped = dropper.run(
            [](pqxx::connection& live) { drop_call_day(live, "call_log_7_20260314"); });
        REQUIRE(dropped.has_error());
        CHECK(dropped.error().code == errc::busy);
        // Nothing of it hinders the writer.
        insert_call(7, march_14 + 1h);
    });
    REQUIRE(read.has_value());
    CHECK(value("SELECT count(*) FROM call_log") == "2");
}

TEST_CASE_METHOD(retention_fixture, "lines of servers go when they are older than their project",
                 "[storage][retention]") {
    const auto week = make_project(7);
    const auto quarter = make_project(90);
    const auto gone = project_id::random();
    for (const int day : {0, 200}) {
        for (const auto& project : {week, quarter, gone}) {
            insert_line(project, march_14 + days(day));
        }
    }
    CHECK(forget(aged_table::server_log, march_14 + days(7)) == 0);
    CHECK(forget(aged_table::server_log, march_14 + days(7) + 1ms) == 1);
    CHECK(forget(aged_table::server_log, march_14 + days(90) + 1ms) == 1);
    CHECK(forget(aged_table::server_log, march_14 + days(365)) == 2);
    CHECK(forget(aged_table::server_log, march_14 + days(365) + 1ms) == 1);
    CHECK(value("SELECT count(*) FROM server_log WHERE project_id = '" + gone.to_string() + "'") ==
          "1");
}

TEST_CASE_METHOD(retention_fixture, "sessions go by their end, and not while they are open",
                 "[storage][retention]") {
    const auto week = make_project(7);
    insert_session(week, march_14, march_14 + 24h);
    insert_session(week, march_14, std::nullopt);
    CHECK(forget(aged_table::client_sessions, march_14 + days(8)) == 0);
    CHECK(forget(aged_table::client_sessions, march_14 + days(8) + 1ms) == 1);
    CHECK(forget(aged_table::client_sessions, march_14 + days(4'000)) == 0);
    CHECK(value("SELECT count(*) FROM client_sessions") == "1");
}

TEST_CASE_METHOD(retention_fixture, "activities of nobody go after a year",
                 "[storage][retention]") {
    insert_event(make_project(30), march_14);
    insert_event({}, march_14);
    insert_event(project_id::random(), march_14);
    CHECK(forget(aged_table::activities, march_14 + days(30)) == 0);
    CHECK(forget(aged_table::activities, march_14 + days(31)) == 1);
    CHECK(forget(aged_table::activities, march_14 + days(365)) == 0);
    CHECK(forget(aged_table::activities, march_14 + days(366)) == 2);
}

TEST_CASE_METHOD(retention_fixture, "days of usage go after three years", "[storage][retention]") {
    insert_call(7, march_14 + 23h);
    CHECK(forget(aged_table::usage_daily, march_14 + days(usage_days) + 23h) == 0);
    CHECK(forget(aged_table::usage_daily, march_14 + days(usage_days + 1)) == 1);
}

TEST_CASE_METHOD(retention_fixture, "no more rows go at once than are asked for",
                 "[storage][retention]") {
    const auto week = make_project(7);
    for (int i = 0; i < 7; ++i) {
        insert_line(i % 2 == 0 ? week : project_id::random(), march_14);
        insert_event(i % 2 == 0 ? week : project_id{}, march_14);
        insert_call(7, march_14);
    }
    const auto now = march_14 + days(2'000);
    for (const auto table :
         {aged_table::server_log, aged_table::activities, aged_table::usage_daily}) {
        CHECK(forget(table, now, 5) == 5);
        CHECK(forget(table, now, 5) == 2);
        CHECK(forget(table, now, 5) == 0);
    }
}

TEST_CASE_METHOD(retention_fixture, "what stays is not read to find what goes",
                 "[storage][retention]") {
    // Of 20,000 lines that stay, an index leads to the one that goes.
    const auto year = make_project(365);
    apply("INSERT INTO server_log SELECT gen_random_uuid(), '" + year.to_string() +
          "', gen_random_uuid(), 'info', 'output', '' FROM generate_series(1, 20000)");
    apply("UPDATE server_log SET id = overlay(id::text PLACING 'ffffffff' FROM 1 FOR 8)::uuid");
    insert_line(make_project(7), march_14);
    apply("VACUUM ANALYZE server_log");
    apply("SELECT pg_stat_force_next_flush()");
    apply("SELECT pg_stat_reset_single_table_counters('server_log'::regclass)");
    CHECK(forget(aged_table::server_log, march_14 + days(8)) == 1);
    apply("SELECT pg_stat_force_next_flush()");
    CHECK(value("SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'server_log'") ==
          "0");
}
