#include "storage/schedule_store.hpp"

#include "storage/sql_values.hpp"

#include <fmt/format.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction_base>

namespace orch::storage {

namespace {

void insert_run(pqxx::transaction_base& work, const model::refresh_run& run) {
    parameter_list values;
    values.time(run.started_at);
    values.integer(run.duration.count());
    values.name(model::to_string(run.trigger));
    values.integer(run.counts.checked);
    values.integer(run.counts.updated);
    values.integer(run.counts.tools_synced);
    values.integer(run.counts.errors);
    values.text(run.error);
    work.exec_params0("INSERT INTO refresh_runs (started_at, duration_ms, trigger, checked_count,"
                      " updated_count, tools_synced_count, error_count, error)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                      values.dynamic());
}

model::refresh_run read_run(const pqxx::row& row) {
    model::refresh_run run;
    run.started_at = read_time(row[0]);
    run.duration = std::chrono::milliseconds(row[1].as<std::int64_t>());
    run.trigger = model::parse_refresh_trigger(row[2].c_str());
    run.counts = {row[3].as<std::int64_t>(), row[4].as<std::int64_t>(), row[5].as<std::int64_t>(),
                  row[6].as<std::int64_t>()};
    run.error = read_text(row[7]);
    return run;
}

} // namespace

model::refresh_schedule load_schedule(pqxx::transaction_base& work) {
    const auto row = work.exec1(fmt::format(
        "SELECT running, server_check_interval, coalesce_runs, max_workers, {}, {}, skipped_count,"
        " revision FROM refresh_schedule",
        time_column("resumed_at"), time_column("last_execution")));
    model::refresh_schedule schedule;
    schedule.running = row[0].as<bool>();
    schedule.server_check_interval = std::chrono::seconds(row[1].as<int>());
    schedule.coalesce = row[2].as<bool>();
    schedule.max_workers = row[3].as<std::int64_t>();
    schedule.resumed_at = read_time(row[4]);
    schedule.last_execution = read_optional_time(row[5]);
    schedule.skipped_count = row[6].as<std::int64_t>();
    schedule.revision = row[7].as<std::int64_t>();
    return schedule;
}

void save_schedule(pqxx::transaction_base& work, const model::refresh_schedule& changed) {
    parameter_list values;
    values.boolean(changed.running);
    values.integer(changed.server_check_interval.count());
    values.boolean(changed.coalesce);
    values.integer(changed.max_workers);
    values.time(changed.resumed_at);
    values.integer(changed.revision);
    work.exec_params0("UPDATE refresh_schedule SET running = $1, server_check_interval = $2,"
                      " coalesce_runs = $3, max_workers = $4, resumed_at = $5, revision = $6",
                      values.dynamic());
}

void save_runs(pqxx::transaction_base& work, const std::vector<model::refresh_run>& runs,
               const model::refresh_schedule& stands) {
    for (const auto& run : runs) {
        insert_run(work, run);
    }
    work.exec0(fmt::format("DELETE FROM refresh_runs WHERE number NOT IN"
                           " (SELECT number FROM refresh_runs ORDER BY number DESC LIMIT {})",
                           model::refresh_run::kept_max));
    parameter_list values;
    values.time(stands.last_execution);
    values.integer(stands.skipped_count);
    work.exec_params0("UPDATE refresh_schedule SET last_execution = $1, skipped_count = $2",
                      values.dynamic());
}

std::vector<model::refresh_run> list_runs(pqxx::connection& connection, std::size_t limit) {
    pqxx::nontransaction work{connection};
    std::vector<model::refresh_run> runs;
    for (const auto& row : work.exec(fmt::format(
             "SELECT {}, duration_ms, trigger, checked_count, updated_count, tools_synced_count,"
             " error_count, error FROM refresh_runs ORDER BY number DESC LIMIT {}",
             time_column("started_at"), limit))) {
        runs.push_back(read_run(row));
    }
    return runs;
}

std::size_t count_runs(pqxx::transaction_base& work) {
    return work.exec1("SELECT count(*) FROM refresh_runs")[0].as<std::size_t>();
}

} // namespace orch::storage
