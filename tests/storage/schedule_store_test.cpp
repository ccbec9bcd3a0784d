#include "storage/schedule_store.hpp"

#include "storage/transact.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;

namespace {

void change(database_fixture& database, const std::function<void(pqxx::transaction_base&)>& work) {
    database.run([&](pqxx::connection& live) {
        const auto done = transact(live, [&](pqxx::transaction_base& transaction) -> result<void> {
            work(transaction);
            return {};
        });
        REQUIRE(done.has_value());
    });
}

model::refresh_schedule load(database_fixture& database) {
    model::refresh_schedule found;
    change(database, [&](auto& work) { found = load_schedule(work); });
    return found;
}

model::refresh_run sample_run(int number) {
    return {sample_noon() + std::chrono::minutes(number),
            1500ms,
            model::refresh_trigger::manual,
            {number, 2, 3, 4},
            number % 2 == 0 ? "" : "broke off"};
}

} // namespace

TEST_CASE("a new database has a schedule that runs every five minutes", "[storage][scheduler]") {
    database_fixture database;
    const auto found = load(database);
    CHECK(found.running);
    CHECK(found.server_check_interval == 300s);
    CHECK(found.coalesce);
    CHECK_FALSE(found.last_execution.has_value());
    CHECK(found.skipped_count == 0);
}

TEST_CASE("settings and place of the schedule are stored apart", "[storage][scheduler]") {
    database_fixture database;
    auto settings = load(database);
    settings.running = false;
    settings.server_check_interval = 60s;
    settings.coalesce = false;
    settings.max_workers = 9;
    settings.resumed_at = sample_noon();
    settings.last_execution = sample_noon() + 1h;
    settings.skipped_count = 17;
    ++settings.revision;
    change(database, [&](auto& work) { save_schedule(work, settings); });
    auto found = load(database);
    CHECK_FALSE(found.running);
    CHECK(found.server_check_interval == 60s);
    CHECK_FALSE(found.coalesce);
    CHECK(found.max_workers == 9);
    CHECK(found.resumed_at == sample_noon());
    CHECK(found.revision == settings.revision);
    CHECK_FALSE(found.last_execution.has_value());
    CHECK(found.skipped_count == 0);

    settings.running = true;
    change(database, [&](auto& work) { save_runs(work, {sample_run(1)}, settings); });
    found = load(database);
    CHECK_FALSE(found.running);
    CHECK(found.last_execution == settings.last_execution);
    CHECK(found.skipped_count == 17);
}

TEST_CASE("the last 200 runs are kept and listed newest first", "[storage][scheduler]") {
    database_fixture database;
    const auto place = load(database);
    std::vector<model::refresh_run> runs;
    for (int number = 1; number <= 205; ++number) {
        runs.push_back(sample_run(number));
    }
    change(database, [&](auto& work) {
        save_runs(work, runs, place);
        CHECK(count_runs(work) == 200);
    });
    database.run([](pqxx::connection& live) {
        const auto found = list_runs(live, 3);
        REQUIRE(found.size() == 3);
        CHECK(found[0].started_at == sample_noon() + 205min);
        CHECK(found[0].duration == 1500ms);
        CHECK(found[0].trigger == model::refresh_trigger::manual);
        CHECK(found[0].counts.checked == 205);
        CHECK(found[0].counts.updated == 2);
        CHECK(found[0].counts.tools_synced == 3);
        CHECK(found[0].counts.errors == 4);
        CHECK(found[0].error == "broke off");
        CHECK(found[1].error.empty());
        CHECK(list_runs(live, 500).back().counts.checked == 6);
    });
}
