#pragma once

#include "storage/call_filter_sql.hpp"
#include "storage/call_log_metrics.hpp"
#include "storage/call_log_store.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/storage/plan.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include <string>
#include <vector>

namespace orch::test {

using namespace orch::storage;
using namespace std::chrono_literals;

/// A call log with calls of one project, asked for the two hours around the sample noon.
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
    std::string plan(const statement& wanted) { return plan_of(*this, wanted); }
};

} // namespace orch::test
