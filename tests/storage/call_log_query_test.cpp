#include "tests/storage/call_log_fixture.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;

TEST_CASE_METHOD(call_log_fixture,
                 "85-1: 120 rows come in pages of 50, 50 and 20 while rows are added",
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
        CHECK(got.total_count.value_or(0) == (sizes.size() == 1 ? 120 : 0));
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
    wanted.failure = model::error_class::timeout;
    wanted.caller.principal = "key:wanted";
    wanted.caller.client_type = "roo";
    wanted.times.received = wanted.times.finished - 75s;
    wanted.search_text = "search 100% of_a\\b done";
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
    SECTION("principal") { filter.principal = wanted.caller.principal; }
    SECTION("kind of client") { filter.client_types = {"roo", "cline"}; }
    SECTION("error class") { filter.failures = {model::error_class::timeout}; }
    SECTION("text, whatever its wildcards mean elsewhere") { filter.search = "100% of_a\\b"; }
    SECTION("shortest") { filter.shortest = 70s; }
    SECTION("longest") {
        filter.longest = 80s;
        filter.shortest = 60s;
    }
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

TEST_CASE_METHOD(call_log_fixture, "facets count what could be chosen, each without its own filter",
                 "[storage][call_log]") {
    auto failed = sample_call(project, sample_noon());
    failed.status = model::call_status::error;
    failed.failure = model::error_class::tool_error;
    failed.tool_name = "write";
    failed.caller.client_type = "roo";
    auto good = sample_call(project, sample_noon());
    good.failure = model::error_class::none;
    good.tool_name = "read";
    auto again = good;
    again.id = uuid::floor(sample_noon() + 1s);
    insert({failed, good, again, sample_call(project_id::random(), sample_noon())});
    const auto facets = [&] {
        std::map<call_facet, std::map<std::string, std::uint64_t>> found;
        run([&](pqxx::connection& live) {
            for (const auto& [facet, values] : count_facets(live, filter)) {
                for (const auto& one : values) {
                    found[facet][one.value] += one.count;
                    CHECK((facet == call_facet::server) == !one.server.is_nil());
                }
            }
        });
        return found;
    };
    using counts = std::map<std::string, std::uint64_t>;
    auto all = facets();
    CHECK(all[call_facet::status] == counts{{"error", 1}, {"success", 2}});
    CHECK(all[call_facet::tool] == counts{{"read", 2}, {"write", 1}});
    CHECK(all[call_facet::failure] == counts{{"TOOL_ERROR", 1}});
    CHECK(all[call_facet::client_type][failed.caller.client_type] == 1);
    filter.statuses = {model::call_status::error};
    all = facets();
    CHECK(all[call_facet::status] == counts{{"error", 1}, {"success", 2}});
    CHECK(all[call_facet::tool] == counts{{"write", 1}});
    filter.tool_name = "read";
    CHECK(facets()[call_facet::tool] == counts{{"write", 1}});
}

TEST_CASE_METHOD(call_log_fixture, "a histogram covers the range and counts each call once",
                 "[storage][call_log]") {
    using std::chrono::milliseconds;
    std::vector<model::call_record> records;
    for (const auto at : {milliseconds(-3'600'000), milliseconds(-1), milliseconds(0),
                          milliseconds(1), milliseconds(3'599'999)}) {
        records.push_back(sample_call(project, sample_noon() + at));
    }
    records.back().status = model::call_status::timeout;
    insert(records);
    call_histogram chart;
    run([&](pqxx::connection& live) { chart = chart_calls(live, filter, 4); });
    CHECK(chart.width == 30min);
    REQUIRE(chart.buckets.size() == 4);
    CHECK(chart.buckets[0].begin == filter.from);
    const auto of = [&](std::size_t bucket, model::call_status status) {
        return chart.buckets[bucket].by_status[static_cast<std::size_t>(status)];
    };
    using enum model::call_status;
    CHECK(of(0, success) == 1);
    CHECK(of(1, success) == 1);
    CHECK(of(2, success) == 2);
    CHECK(of(3, success) == 0);
    CHECK(of(3, timeout) == 1);
    run([&](pqxx::connection& live) { chart = chart_calls(live, filter, 7); });
    std::uint64_t all = 0;
    for (const auto& bucket : chart.buckets) {
        for (const auto count : bucket.by_status) {
            all += count;
        }
    }
    CHECK(chart.buckets.size() == 7);
    CHECK(all == records.size());
}

TEST_CASE_METHOD(call_log_fixture, "groups and parts of the range hold what their calls measure",
                 "[storage][call_log]") {
    const auto add = [&](const char* tool, const char* principal, model::call_status status,
                         std::chrono::milliseconds took, std::chrono::minutes at) {
        auto record = sample_call(project, sample_noon() + at);
        record.tool_name = tool;
        record.caller.principal = principal;
        record.status = status;
        record.times.received = record.times.finished - took;
        insert({record});
    };
    using enum model::call_status;
    add("slow", "key:1", success, 3s, 0min);
    add("often", "key:1", success, 1s, 0min);
    add("often", "key:2", success, 1s, 40min);
    add("often", "user:1", timeout, 1s, 40min);
    const auto groups = [&](call_group by, const std::string& prefix, group_order order) {
        std::vector<std::string> values;
        run([&](pqxx::connection& live) {
            for (const auto& group : measure_groups(live, filter, by, prefix, order, 2)) {
                values.push_back(fmt::format("{} {}/{}", group.value, group.metrics.success,
                                             group.metrics.total));
                CHECK((by == call_group::tool) == !group.server.is_nil());
            }
        });
        return values;
    };
    using texts = std::vector<std::string>;
    CHECK(groups(call_group::principal, "", group_order::calls) == texts{"key:1 2/2", "key:2 1/1"});
    CHECK(groups(call_group::principal, "user:", group_order::calls) == texts{"user:1 0/1"});
    CHECK(groups(call_group::principal, "", group_order::failing).front() == "user:1 0/1");
    CHECK(groups(call_group::tool, "", group_order::slowest).front() == "slow 1/1");
    call_series series;
    run([&](pqxx::connection& live) { series = measure_series(live, filter, 4); });
    REQUIRE(series.buckets.size() == 4);
    CHECK(series.buckets[1].metrics.total == 0);
    CHECK_FALSE(series.buckets[1].metrics.p95);
    CHECK(series.buckets[2].metrics.total == 2);
    CHECK(series.buckets[2].metrics.mean.value() == Approx(2));
    CHECK(series.buckets[3].metrics.timeout == 1);
    CHECK(metrics().unique_principals == 3);
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

TEST_CASE_METHOD(call_log_fixture, "a page by number leaves out what stands before it",
                 "[storage][call_log]") {
    insert_many(7);
    filter.limit = 3;
    const auto first = page();
    filter.offset = 6;
    const auto last = page();
    REQUIRE(last.records.size() == 1);
    CHECK(last.records.front().id < first.records.back().id);
    CHECK_FALSE(last.next_cursor);
    CHECK(last.total_count == 7);
}
