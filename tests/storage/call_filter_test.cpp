#include "storage/call_metrics_sql.hpp"
#include "tests/storage/call_log_fixture.hpp"

// Which indexes the statements of the call log read.

using namespace orch;
using namespace orch::test;

namespace {

/// One rare call among others of the project, and many of other projects and hours.
struct crowded_log_fixture : call_log_fixture {
    model::call_record rare = sample_call(project, sample_noon());

    crowded_log_fixture() {
        std::vector<model::call_record> records;
        for (int i = 0; i < 8'000; ++i) {
            const bool asked_for = i % 8 == 0;
            auto record = sample_call(asked_for ? project : project_id::random(),
                                      sample_noon() + (asked_for ? 0h : 3h));
            record.caller.principal = "key:common";
            record.times.received = record.times.finished - 1s;
            records.push_back(record);
        }
        rare.status = model::call_status::timeout;
        rare.failure = model::error_class::timeout;
        rare.caller.principal = "key:rare";
        rare.caller.client_type = "roo";
        rare.tool_name = "seldom";
        rare.search_text = "seldom needle";
        rare.times.received = rare.times.finished - 75s;
        records.push_back(rare);
        insert(records);
        run([](pqxx::connection& live) { pqxx::nontransaction{live}.exec("VACUUM (ANALYZE)"); });
    }
};

constexpr auto summary = "Index Only Scan using call_log_30_20260314_project_id_id_status";

} // namespace

TEST_CASE_METHOD(crowded_log_fixture, "85-4: each filter has an index", "[storage][call_log]") {
    std::string index = summary;
    SECTION("status") {
        filter.statuses = {rare.status};
        index = "project_id_status_id_idx";
    }
    SECTION("error class") {
        filter.failures = {rare.failure};
        index = "project_id_failure_id_idx";
    }
    SECTION("session") {
        filter.session = rare.caller.session;
        index = "session_id_id_idx";
    }
    SECTION("server") { filter.server = rare.server; }
    SECTION("tool") { filter.tool_name = "seldom"; }
    SECTION("principal") { filter.principal = rare.caller.principal; }
    SECTION("kind of client") { filter.client_types = {"roo"}; }
    SECTION("duration") { filter.shortest = 70s; }
    SECTION("text") {
        filter.search = "needle";
        index = "call_log_30_20260314_project_id_id_status";
    }
    const auto text = plan(find_statement(filter));
    INFO(text);
    CHECK(text.find(index) != std::string::npos);
    CHECK(text.find("Seq Scan on call_log") == std::string::npos);
    CHECK(page().records.size() == 1);
}

TEST_CASE_METHOD(crowded_log_fixture, "numbers come from an index alone", "[storage][call_log]") {
    for (const auto& wanted :
         {metrics_statement(filter),
          groups_statement(filter, call_group::server, "", group_order::calls, 20),
          groups_statement(filter, call_group::tool, "", group_order::slowest, 20),
          groups_statement(filter, call_group::principal, "key:", group_order::failing, 20),
          series_statement(filter, 1min), histogram_statement(filter, 1min),
          facet_statement(filter, call_facet::server), facet_statement(filter, call_facet::tool),
          facet_statement(filter, call_facet::client_type)}) {
        const auto text = plan(wanted);
        INFO(text);
        CHECK(text.find(summary) != std::string::npos);
    }
}

TEST_CASE_METHOD(crowded_log_fixture, "the list reads an index of the days in its range",
                 "[storage][call_log]") {
    insert({sample_call(project, sample_noon() + 48h)});
    for (const bool behind_cursor : {false, true}) {
        filter.before = behind_cursor ? std::optional(uuid::floor(sample_noon() + 1min))
                                      : std::nullopt;
        const auto text = plan(find_statement(filter));
        INFO(text);
        CHECK(text.find(summary) != std::string::npos);
        CHECK(text.find("20260316") == std::string::npos);
    }
}

TEST_CASE_METHOD(call_log_fixture, "the longest names fit into the index", "[storage][call_log]") {
    auto record = sample_call(project, sample_noon());
    for (auto* text : {&record.tool_name, &record.server_name, &record.caller.principal,
                       &record.caller.client_type}) {
        for (int i = 0; i < 5'000; ++i) {
            *text += static_cast<char>('a' + (i * i + i / 7) % 26);
        }
    }
    insert({record});
    CHECK(page().records.size() == 1);
}
