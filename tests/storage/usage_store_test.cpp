#include "storage/usage_store.hpp"

#include "storage/call_log_store.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

#include <limits>

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;
using model::call_status;

namespace {

const auto march_14 = std::chrono::sys_days{std::chrono::year{2026} / 3 / 14};

struct usage_fixture : database_fixture {
    project_id project = project_id::random();
    usage_filter filter{.project = project, .from = march_14, .to = march_14};

    model::call_record call(std::string principal, call_status status = call_status::success,
                            std::chrono::system_clock::time_point at = sample_noon()) const {
        auto made = sample_call(project, at);
        made.caller.principal = std::move(principal);
        made.status = status;
        made.arguments.size = 100;
        made.result.size = 7;
        return made;
    }
    insert_report insert(const std::vector<model::call_record>& records) {
        insert_report out;
        run([&](pqxx::connection& live) { out = insert_calls(live, records); });
        return out;
    }
    usage_report report(usage_group by = usage_group::day) {
        filter.by = by;
        usage_report out;
        run([&](pqxx::connection& live) { out = report_usage(live, filter); });
        return out;
    }
    std::uint64_t calls() { return report().total.calls; }
};

/// Values of rows with their calls.
std::vector<std::pair<std::string, std::uint64_t>> counted(const usage_report& report) {
    std::vector<std::pair<std::string, std::uint64_t>> out;
    for (const auto& row : report.rows) {
        out.emplace_back(row.value, row.counts.calls);
    }
    return out;
}

} // namespace

TEST_CASE_METHOD(usage_fixture, "calls are counted by how they ended, with their bytes",
                 "[storage][usage]") {
    insert({call("key:1"), call("key:1", call_status::error), call("key:1", call_status::error),
            call("key:2", call_status::timeout), call("key:2", call_status::cancelled)});
    insert({call("key:1")});
    const auto total = report().total;
    CHECK(total.calls == 6);
    CHECK(total.successes == 2);
    CHECK(total.errors == 2);
    CHECK(total.timeouts == 1);
    CHECK(total.cancellations == 1);
    CHECK(total.argument_bytes == 600);
    CHECK(total.result_bytes == 42);
    CHECK(counted(report(usage_group::key)) ==
          std::vector<std::pair<std::string, std::uint64_t>>{{"key:1", 4}, {"key:2", 2}});
}

TEST_CASE_METHOD(usage_fixture, "a batch that comes again is counted once", "[storage][usage]") {
    std::vector<model::call_record> batch;
    for (int i = 0; i < 600; ++i) {
        batch.push_back(call("key:1"));
    }
    const std::vector first(batch.begin(), batch.begin() + 550);
    CHECK(insert(first).inserted == 550);
    CHECK(insert(first).inserted == 0);
    CHECK(calls() == 550);
    CHECK(insert(batch).inserted == 50);
    CHECK(calls() == 600);
    CHECK(insert({batch[0], call("key:1"), batch[1]}).inserted == 1);
    CHECK(calls() == 601);
}

TEST_CASE_METHOD(usage_fixture, "a call that stands in a batch twice is counted once",
                 "[storage][usage]") {
    const auto twice = call("key:1");
    CHECK(insert({twice, call("key:1"), twice}).inserted == 2);
    CHECK(calls() == 2);
}

TEST_CASE_METHOD(usage_fixture, "calls are neither stored nor counted when one of both fails",
                 "[storage][usage]") {
    apply("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
          " 'BEGIN RAISE EXCEPTION ''gone'' USING ERRCODE = ''57P01''; END'");
    apply("CREATE TRIGGER fail BEFORE INSERT ON usage_daily FOR EACH ROW EXECUTE FUNCTION fail()");
    const auto batch = std::vector{call("key:1"), call("key:2")};
    CHECK_THROWS(insert(batch));
    CHECK(value("SELECT count(*) FROM call_log") == "0");
    apply("DROP TRIGGER fail ON usage_daily");
    CHECK(insert(batch).inserted == 2);
    CHECK(calls() == 2);
}

TEST_CASE_METHOD(usage_fixture, "a call that the log refuses is not counted", "[storage][usage]") {
    auto batch = std::vector{call("key:1"), call("key:1"), call("key:1")};
    batch[1].result.sha256 = "too short";
    CHECK(insert(batch).refused.size() == 1);
    CHECK(calls() == 2);
}

TEST_CASE_METHOD(usage_fixture, "no size and no name of a caller keeps a call from being counted",
                 "[storage][usage]") {
    auto huge = call("key:1");
    huge.arguments.size = std::numeric_limits<std::uint64_t>::max();
    CHECK(insert({huge, call("\xFF"), call("\xFE"), call(std::string(2'000, 'x'))}).inserted == 4);
    huge.id = call("key:1").id;
    CHECK(insert({huge, call("key:2")}).inserted == 2);
    CHECK(report().total.calls == 6);
    CHECK(report().total.argument_bytes == std::numeric_limits<std::int64_t>::max());
    CHECK(counted(report(usage_group::principal))[1].first == "\xEF\xBF\xBD");
}

TEST_CASE_METHOD(usage_fixture, "days are those of UTC, and those without calls are told too",
                 "[storage][usage]") {
    const auto midnight = sample_noon() + 12h;
    insert({call("key:1", call_status::success, midnight - 1ms),
            call("key:1", call_status::success, midnight),
            call("key:1", call_status::success, midnight + 48h)});
    filter.from = march_14 - std::chrono::days(1);
    filter.to = march_14 + std::chrono::days(2);
    const auto told = report();
    CHECK(told.total.calls == 2);
    REQUIRE(told.rows.size() == 4);
    CHECK(told.rows.front().day == filter.from);
    CHECK(told.rows.front().counts.calls == 0);
    CHECK(told.rows[1].counts.calls == 1);
    CHECK(told.rows[2].counts.calls == 1);
    CHECK(told.rows.back().day == filter.to);
}

TEST_CASE_METHOD(usage_fixture, "calls with a key are put down to whoever made it, for good",
                 "[storage][usage]") {
    const std::string maker = uuid::random().to_string();
    const std::string key = uuid::random().to_string();
    apply("INSERT INTO users VALUES ('" + maker +
          "', 'a@example.org', 'Ada', '', false, true,"
          " now(), now(), NULL)");
    apply("INSERT INTO projects (id, name, display_name, unified_enabled, retention_days,"
          " created_at, updated_at) VALUES ('" +
          project.to_string() + "', 'shop', 'shop', true, 7, now(), now())");
    apply("INSERT INTO api_keys (id, project_id, name, sha256, prefix, active, created_at,"
          " created_by) VALUES ('" +
          key + "', '" + project.to_string() + "', 'k', sha256('k'), '', true, now(), '" + maker +
          "')");
    insert({call("key:" + key), call("user:" + maker), call("local-admin")});
    apply("DELETE FROM projects");
    insert({call("key:" + key)});
    CHECK(counted(report(usage_group::user)) ==
          std::vector<std::pair<std::string, std::uint64_t>>{{maker, 3}, {"", 1}});
}

TEST_CASE_METHOD(usage_fixture, "a project is told of its own calls alone, and groups are bounded",
                 "[storage][usage]") {
    std::vector<model::call_record> batch;
    for (int i = 0; i < usage_rows_max + 1; ++i) {
        batch.push_back(call("key:" + std::to_string(i)));
    }
    batch.push_back(call("key:7"));
    auto other = call("key:other");
    other.project = project_id::random();
    batch.push_back(other);
    insert(batch);
    const auto keys = report(usage_group::key);
    CHECK(keys.rows.size() == usage_rows_max);
    CHECK(keys.rows.front().value == "key:7");
    CHECK(keys.has_more);
    CHECK(keys.total.calls == usage_rows_max + 2);
    filter.project = std::nullopt;
    const auto all = report(usage_group::project);
    CHECK(counted(all) ==
          std::vector<std::pair<std::string, std::uint64_t>>{
              {project.to_string(), usage_rows_max + 2}, {other.project.to_string(), 1}});
    CHECK_FALSE(all.has_more);
}
