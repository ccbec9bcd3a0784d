#include "actors/call_search.hpp"
#include "bench/logs/call_day.hpp"
#include "bench/logs/plan_reader.hpp"
#include "mcp/search_text.hpp"
#include "storage/call_log_metrics.hpp"
#include "storage/migrator.hpp"
#include "tests/support/database_fixture.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <pqxx/nontransaction>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <stdexcept>

// Fills a call log of its own with a day of calls, then times what the log explorer asks for.

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;
using seconds = std::chrono::duration<double>;

constexpr std::size_t batch_rows = 2'048;
constexpr int rounds = 7;
constexpr double rows_per_second_min = 20'000;

void require(bool holds, const std::string& otherwise) {
    if (!holds) {
        throw std::runtime_error(otherwise);
    }
}

/// Seconds that storing took: what the log writer does with a batch, without making its calls.
double fill(pqxx::connection& live, call_day& day) {
    seconds spent{0};
    for (auto batch = day.next(batch_rows); !batch.empty(); batch = day.next(batch_rows)) {
        const auto begin = clock::now();
        std::for_each(batch.begin(), batch.end(), actors::add_search_text);
        const auto report = storage::insert_calls(live, batch);
        spent += clock::now() - begin;
        require(report.inserted == batch.size(), "rows were refused");
    }
    return spent.count();
}

/// The same with nothing but the primary key, to tell what the indexes cost.
double fill_without_indexes(pqxx::connection& live, call_day& day) {
    pqxx::nontransaction{live}.exec(
        "DO $$ DECLARE name text; BEGIN FOR name IN SELECT c.relname FROM pg_index i"
        " JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = 'call_log'::regclass"
        " AND NOT i.indisprimary LOOP EXECUTE format('DROP INDEX %I', name); END LOOP; END $$");
    return fill(live, day);
}

struct question {
    std::string name;
    std::function<void(pqxx::connection&, const storage::call_filter&)> ask;
};

std::vector<question> questions() {
    using storage::call_filter;
    const auto page = [](pqxx::connection& live, const call_filter& filter) {
        require(!storage::query_calls(live, filter).records.empty(), "an empty page");
    };
    return {{"first page", page},
            {"facets",
             [](pqxx::connection& live, const call_filter& filter) {
                 require(!storage::count_facets(live, filter).empty(), "no facets");
             }},
            {"histogram",
             [](pqxx::connection& live, const call_filter& filter) {
                 require(storage::chart_calls(live, filter, 60).buckets.size() == 60, "no chart");
             }},
            {"metrics",
             [](pqxx::connection& live, const call_filter& filter) {
                 require(storage::measure_calls(live, filter).total > 0, "no metrics");
             }},
            {"metrics by tool",
             [](pqxx::connection& live, const call_filter& filter) {
                 const auto groups = storage::measure_groups(live, filter,
                                                             storage::call_group::tool, "",
                                                             storage::group_order::slowest, 20);
                 require(groups.size() == 20, "too few groups");
             }},
            {"text search", [page](pqxx::connection& live, const call_filter& filter) {
                 auto narrowed = filter;
                 narrowed.search = mcp::fold_for_search(call_day::rare_word(), 100);
                 page(live, narrowed);
             }}};
}

double median_ms(const std::function<void()>& work) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const auto begin = clock::now();
        work();
        times.push_back(seconds(clock::now() - begin).count() * 1'000);
    }
    std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
    return times[rounds / 2];
}

struct time_range {
    const char* name;
    std::chrono::minutes length;
    double ms_max;
};
constexpr std::array ranges{time_range{"30 min", 30min, 50}, time_range{"24 h", 24h, 5'000}};

/// Whether the target was met.
bool time_question(pqxx::connection& live, plan_reader& plans, const question& question,
                   const storage::call_filter& filter, const time_range& range) {
    const auto took = median_ms([&] { question.ask(live, filter); });
    const bool met = took < range.ms_max;
    fmt::print("| {} | {} | {:.1f} ms{} | {} |\n", question.name, range.name, took,
               met ? "" : " (MISSED)", fmt::join(plans.take(), ", "));
    std::fflush(stdout);
    return met;
}

storage::call_filter filter_of(const call_day& day, std::chrono::system_clock::time_point end,
                               std::chrono::minutes range) {
    storage::call_filter filter;
    filter.project = day.largest_project();
    filter.from = end - range;
    filter.to = end;
    return filter;
}

class fresh_database {
public:
    fresh_database(const test::database_cluster& cluster, const std::string& name)
        : admin_(cluster.connection("postgres")) {
        pqxx::nontransaction{admin_}.exec("CREATE DATABASE " + name);
        live_ = std::make_unique<pqxx::connection>(cluster.connection(name));
        const auto applied = storage::migrate(*live_);
        require(applied.has_value(), "the migrations failed");
    }
    pqxx::connection& live() { return *live_; }

private:
    pqxx::connection admin_;
    std::unique_ptr<pqxx::connection> live_;
};

bool run(std::size_t rows) {
    test::database_cluster cluster;
    const auto end = std::chrono::system_clock::now();
    fresh_database plain{cluster, "plain"};
    const auto few = std::max<std::size_t>(rows / 10, 1);
    call_day short_day{few, end};
    const auto bare = static_cast<double>(few) / fill_without_indexes(plain.live(), short_day);

    fresh_database log{cluster, "log"};
    call_day day{rows, end};
    const auto rate = static_cast<double>(rows) / fill(log.live(), day);
    bool met = rate >= rows_per_second_min;
    fmt::print("insert, {} rows: {:.0f} rows/s with all indexes{}, {:.2f} of the rate without\n\n",
               rows, rate, met ? "" : " (MISSED)", rate / bare);
    pqxx::nontransaction{log.live()}.exec("VACUUM (ANALYZE) call_log");

    fmt::print("| question | range | median of {} | scanned |\n|---|---|---|---|\n", rounds);
    plan_reader plans{log.live()};
    for (const auto& each : questions()) {
        for (const auto& range : ranges) {
            const auto filter = filter_of(day, end, range.length);
            met = time_question(log.live(), plans, each, filter, range) && met;
        }
    }
    return met;
}

int run(int argc, char** argv) {
    CLI::App program{"Times the call log"};
    std::size_t rows = 1'000'000;
    program.add_option("--rows", rows, "Calls of the day")->check(CLI::Range(1'000, 10'000'000));
    CLI11_PARSE(program, argc, argv);
    fmt::print(stderr, "filling\n");
    if (!run(rows)) {
        fmt::print("\nTargets were missed.\n");
    }
    return EXIT_SUCCESS;
}

} // namespace

} // namespace orch::bench

int main(int argc, char** argv) {
    try {
        return orch::bench::run(argc, argv);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "error: %s\n", fault.what());
        return EXIT_FAILURE;
    }
}
