#include "storage/disk_usage.hpp"

#include "storage/call_log_store.hpp"
#include "storage/retention.hpp"
#include "storage/server_log_store.hpp"
#include "storage/session_store.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

#include <algorithm>

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;

namespace {

struct disk_fixture : database_fixture {
    disk_usage measure() {
        disk_usage out;
        run([&](pqxx::connection& live) { out = measure_disk(live); });
        return out;
    }
    void insert(int retention_days, std::chrono::system_clock::time_point at) {
        auto call = sample_call(project_id::random(), at);
        call.retention_days = retention_days;
        call.result.bytes = std::string(50'000, '\x7f');
        run([&](pqxx::connection& live) { REQUIRE(insert_calls(live, {call}).inserted == 1); });
    }
};

const stored_kind& kind(const disk_usage& used, std::string_view name,
                        std::optional<int> retention_days = {}) {
    const auto found = std::find_if(used.kinds.begin(), used.kinds.end(), [&](const auto& one) {
        return one.name == name && one.retention_days == retention_days;
    });
    REQUIRE(found != used.kinds.end());
    return *found;
}

} // namespace

TEST_CASE_METHOD(disk_fixture, "an empty database has every kind and no oldest row",
                 "[storage][disk]") {
    const auto used = measure();
    CHECK(used.kinds.size() == 8);
    for (const auto& one : used.kinds) {
        INFO(one.name);
        CHECK_FALSE(one.oldest);
        CHECK(one.days.value_or(0) == 0);
        CHECK(one.bytes < used.database_bytes);
    }
}

TEST_CASE_METHOD(disk_fixture, "calls are told by class, with their days and the oldest",
                 "[storage][disk]") {
    insert(7, sample_noon() + 24h);
    insert(7, sample_noon());
    insert(90, sample_noon() + 48h);
    const auto used = measure();
    const auto& week = kind(used, "calls", 7);
    CHECK(week.days == 2);
    CHECK(week.oldest == sample_noon());
    CHECK(kind(used, "calls", 30).days == 0);
    CHECK(kind(used, "calls", 30).bytes == 0);
    CHECK(kind(used, "calls", 90).oldest == sample_noon() + 48h);
    CHECK(week.bytes > kind(used, "calls", 90).bytes);
    CHECK(std::to_string(week.bytes) == value("SELECT sum(pg_total_relation_size(relid)) FROM"
                                              " pg_partition_tree('call_log_7') WHERE isleaf"));
    CHECK(used.database_bytes > week.bytes);
    run([](pqxx::connection& live) { drop_call_day(live, "call_log_7_20260314"); });
    CHECK(kind(measure(), "calls", 7).days == 1);
    CHECK(kind(measure(), "calls", 7).bytes < week.bytes);
}

TEST_CASE_METHOD(disk_fixture, "the oldest of other kinds is found among all projects",
                 "[storage][disk]") {
    uuid_sequence ids;
    for (const auto hours : {5h, 2h, 9h}) {
        model::client_session session;
        session.id = session_id::random();
        session.project = project_id::random();
        session.connected_at = session.last_activity = sample_noon() + hours;
        run([&](pqxx::connection& live) { save_sessions(live, {session}); });
    }
    run([&](pqxx::connection& live) {
        insert_server_log(live,
                          {{ids.next(sample_noon() + 3h), project_id::random(), server_id::random(),
                            model::log_level::info, model::log_category::output, "said"}});
    });
    insert(7, sample_noon());
    const auto used = measure();
    CHECK(kind(used, "sessions").oldest == sample_noon() + 2h);
    CHECK(kind(used, "server_log").oldest == sample_noon() + 3h);
    CHECK(kind(used, "usage").oldest == sample_noon() - 12h);
    CHECK_FALSE(kind(used, "activities").oldest);
}
