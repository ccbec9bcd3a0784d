#include "storage/call_filter_match.hpp"
#include "tests/storage/call_log_fixture.hpp"

#include <algorithm>
#include <random>
#include <set>

// One filter, decided in memory and by the database.

using namespace orch;
using namespace orch::test;

namespace {

class filtered_log_fixture : public call_log_fixture {
public:
    filtered_log_fixture() {
        for (int i = 0; i < 300; ++i) {
            records.push_back(any_record());
        }
        insert(records);
        filter.limit = 1'000;
    }

    model::call_record any_record() {
        auto record = sample_call(chance(8) ? project_id::random() : project,
                                  sample_noon() + std::chrono::milliseconds(any(1'000)));
        record.status = static_cast<model::call_status>(any(4));
        record.failure = static_cast<model::error_class>(any(9));
        record.server = servers[any(servers.size())];
        record.caller.session = sessions[any(sessions.size())];
        record.tool_name = names[any(names.size())];
        record.search_text = names[any(names.size())];
        record.caller.principal = names[any(names.size())];
        record.caller.client_type = chance(2) ? "roo" : "cline";
        record.times.received = record.times.finished -
                                std::chrono::nanoseconds(999'000'000 + any(2'000'001));
        return record;
    }
    void any_filter() {
        filter.statuses = some<model::call_status>(4);
        filter.failures = some<model::error_class>(9);
        filter.server = chance(3) ? std::optional(servers[any(servers.size())]) : std::nullopt;
        filter.session = chance(3) ? std::optional(sessions[any(sessions.size())]) : std::nullopt;
        filter.tool_name = chance(3) ? names[any(names.size())] : "";
        filter.search = chance(3) ? names[any(names.size())] : "";
        filter.principal = chance(4) ? names[any(names.size())] : "";
        filter.client_types = chance(3) ? std::vector<std::string>{"roo"}
                                        : std::vector<std::string>{};
        filter.shortest = chance(3) ? std::optional(1'000ms) : std::nullopt;
        filter.longest = chance(3) ? std::optional(1'000ms) : std::nullopt;
    }
    std::set<uuid> in_memory() const {
        std::set<uuid> found;
        for (const auto& record : records) {
            if (passes(filter, record)) {
                found.insert(record.id);
            }
        }
        return found;
    }
    std::set<uuid> in_database() {
        std::set<uuid> found;
        for (const auto& record : page().records) {
            found.insert(record.id);
        }
        return found;
    }

    std::vector<model::call_record> records;

private:
    std::size_t any(std::size_t below) { return chance_() % below; }
    bool chance(std::size_t one_in) { return any(one_in) == 0; }
    template <class Value>
    std::vector<Value> some(std::size_t kinds) {
        std::vector<Value> out;
        for (std::size_t i = any(3); chance(3) && i > 0; --i) {
            out.push_back(static_cast<Value>(any(kinds)));
        }
        return out;
    }

    std::mt19937 chance_{20260314};
    const std::vector<server_id> servers{server_id::random(), server_id::random()};
    const std::vector<session_id> sessions{session_id::random(), session_id::random()};
    /// Prefixes, cases, wildcards, and letters whose case only some locales know.
    const std::vector<std::string> names{"a", "ab", "AB", "a%b", "a_b", "a\\b", "É", "é", "key:1"};
};

} // namespace

TEST_CASE_METHOD(filtered_log_fixture, "a filter passes in memory what the database finds",
                 "[storage][call_log]") {
    std::size_t found = 0;
    for (int round = 0; round < 400; ++round) {
        any_filter();
        const auto wanted = in_database();
        CHECK(in_memory() == wanted);
        found += wanted.size();
    }
    CHECK(found > 1'000);
}

TEST_CASE_METHOD(filtered_log_fixture, "a walk finds what the filter finds, oldest first",
                 "[storage][call_log]") {
    filter.client_types = {"roo"};
    const int rows_max = GENERATE(7, 1'000);
    std::sort(records.begin(), records.end(),
              [](const auto& left, const auto& right) { return left.id < right.id; });
    std::erase_if(records, [&](const auto& record) { return !passes(filter, record); });
    std::vector<uuid> walked;
    std::optional<uuid> last = uuid{};
    int steps = 0;
    while (last) {
        walk_step<model::call_record> step;
        run([&](pqxx::connection& live) {
            step = calls_after(live, filter, *last, {5, rows_max});
        });
        CHECK(step.rows.size() <= 5);
        for (const auto& record : step.rows) {
            walked.push_back(record.id);
        }
        CHECK((!step.next || *step.next > *last));
        last = step.next;
        ++steps;
    }
    // However little it finds, a step looks at so many rows and no more.
    CHECK(steps > (rows_max == 7 ? 30 : 1));
    REQUIRE(walked.size() > 5);
    CHECK(walked.size() == records.size());
    CHECK(std::equal(walked.begin(), walked.end(), records.begin(), records.end(),
                     [](const uuid& id, const auto& record) { return id == record.id; }));
}
