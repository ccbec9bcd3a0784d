#include "storage/call_filter_sql.hpp"
#include "storage/call_log_store.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include <set>

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;

namespace {

struct call_log_fixture : database_fixture {
    project_id project = project_id::random();
    call_filter filter;

    call_log_fixture() {
        filter.project = project;
        filter.from = sample_noon() - 1h;
        filter.to = sample_noon() + 1h;
    }
    void insert(const std::vector<model::call_record>& records) {
        run([&](pqxx::connection& live) {
            REQUIRE(insert_calls(live, records).inserted == records.size());
        });
    }
    void insert_many(int count) {
        std::vector<model::call_record> records;
        for (int i = 0; i < count; ++i) {
            records.push_back(sample_call(project, sample_noon()));
        }
        insert(records);
    }
    call_page page() {
        call_page out;
        run([&](pqxx::connection& live) { out = query_calls(live, filter); });
        return out;
    }
    call_metrics metrics() {
        call_metrics out;
        run([&](pqxx::connection& live) { out = measure_calls(live, filter); });
        return out;
    }
    std::string plan(const statement& wanted) {
        std::string out;
        run([&](pqxx::connection& live) {
            pqxx::nontransaction work{live};
            for (const auto& row :
                 work.exec_params("EXPLAIN " + wanted.text, wanted.parameters.dynamic())) {
                out += std::string{row[0].c_str()} + "\n";
            }
        });
        return out;
    }
};

} // namespace

TEST_CASE_METHOD(call_log_fixture, "120 rows come in pages of 50, 50 and 20 while rows are added",
                 "[storage][call_log]") {
    insert_many(120);
    std::set<uuid> seen;
    std::vector<std::size_t> sizes;
    uuid last = uuid::floor(sample_noon() + 24h);
    do {
        const auto got = page();
        for (const auto& record : got.records) {
            CHECK(record.id < last);
            last = record.id;
            seen.insert(record.id);
        }
        sizes.push_back(got.records.size());
        CHECK(got.total_count == 120 + 5 * (sizes.size() - 1));
        filter.before = got.next_cursor;
        insert_many(5);
    } while (filter.before);
    CHECK(sizes == std::vector<std::size_t>{50, 50, 20});
    CHECK(seen.size() == 120);
}

TEST_CASE_METHOD(call_log_fixture, "each filter of the list narrows it", "[storage][call_log]") {
    auto wanted = sample_call(project, sample_noon());
    wanted.tool_name = "Search_100%";
    wanted.status = model::call_status::timeout;
    auto late = sample_call(project, sample_noon() + 1h);
    auto foreign = sample_call(project_id::random(), sample_noon());
    insert({wanted, late, foreign, sample_call(project, sample_noon())});
    REQUIRE(page().total_count == 2);
    SECTION("status") {
        filter.statuses = {model::call_status::timeout, model::call_status::cancelled};
    }
    SECTION("server") { filter.server = wanted.server; }
    SECTION("session") { filter.session = wanted.caller.session; }
    SECTION("tool name, any case, without wildcards") { filter.tool_name = "h_100%"; }
    const auto got = page();
    CHECK(got.total_count == 1);
    REQUIRE(got.records.size() == 1);
    CHECK(got.records[0].id == wanted.id);
}

TEST_CASE_METHOD(call_log_fixture, "metrics equal the numbers counted by hand",
                 "[storage][call_log]") {
    using enum model::call_status;
    using model::error_class;
    struct known_call {
        model::call_status status;
        error_class failure;
        std::chrono::milliseconds took;
        const char* tool;
    };
    const auto session = session_id::random();
    std::vector<model::call_record> records;
    for (const auto& known : {known_call{success, error_class::none, 100ms, "a"},
                              known_call{success, error_class::none, 200ms, "a"},
                              known_call{error, error_class::tool_error, 300ms, "b"},
                              known_call{error, error_class::tool_error, 400ms, "b"},
                              known_call{timeout, error_class::timeout, 1000ms, "c"},
                              known_call{cancelled, error_class::none, 1000ms, "c"}}) {
        auto record = sample_call(project, sample_noon());
        record.status = known.status;
        record.failure = known.failure;
        record.times.received = record.times.finished - known.took;
        record.tool_name = known.tool;
        record.caller.session = known.status == success ? session : session_id::random();
        records.push_back(record);
    }
    insert(records);
    const auto got = metrics();
    CHECK(got.total == 6);
    CHECK(got.success == 2);
    CHECK(got.error == 2);
    CHECK(got.timeout == 1);
    CHECK(got.cancelled == 1);
    CHECK(got.mean.value() == Approx(0.5));
    CHECK(got.p50.value() == Approx(0.35));
    CHECK(got.p95.value() == Approx(1.0));
    CHECK(got.p99.value() == Approx(1.0));
    CHECK(got.unique_tools == 3);
    CHECK(got.unique_sessions == 5);
    CHECK(got.errors == std::vector<std::pair<error_class, std::uint64_t>>{
                            {error_class::tool_error, 2}, {error_class::timeout, 1}});
}

TEST_CASE_METHOD(call_log_fixture, "percentiles are continuous", "[storage][call_log]") {
    std::vector<model::call_record> records;
    for (int i = 1; i <= 20; ++i) {
        auto record = sample_call(project, sample_noon());
        record.times.received = record.times.finished - std::chrono::seconds{i};
        records.push_back(record);
    }
    insert(records);
    CHECK(metrics().p50.value() == Approx(10.5));
    CHECK(metrics().p95.value() == Approx(19.05));
    CHECK(metrics().p99.value() == Approx(19.81));
}

TEST_CASE_METHOD(call_log_fixture, "metrics without rows have no times", "[storage][call_log]") {
    const auto got = metrics();
    CHECK(got.total == 0);
    CHECK_FALSE(got.mean);
    CHECK_FALSE(got.p95);
    CHECK(got.errors.empty());
}

TEST_CASE_METHOD(call_log_fixture, "a call is found in its own project only",
                 "[storage][call_log]") {
    const auto record = sample_call(project, sample_noon());
    insert({record});
    run([&](pqxx::connection& live) {
        CHECK(find_call(live, project, record.id));
        CHECK_FALSE(find_call(live, project_id::random(), record.id));
    });
}

TEST_CASE_METHOD(call_log_fixture, "the list reads an index of the days in its range",
                 "[storage][call_log]") {
    insert_many(2000);
    auto other_day = sample_call(project, sample_noon() + 48h);
    insert({other_day});
    run([](pqxx::connection& live) { pqxx::nontransaction{live}.exec("ANALYZE"); });
    const auto text = plan(list_statement(filter));
    INFO(text);
    CHECK(text.find("using call_log_30_20260314_project_id_id_idx") != std::string::npos);
    CHECK(text.find("Sort") == std::string::npos);
    CHECK(text.find("20260316") == std::string::npos);
}
