#include "storage/retention.hpp"

#include "storage/call_day.hpp"
#include "storage/project_owners.hpp"
#include "storage/sql_values.hpp"

#include <fmt/format.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

#include <algorithm>

namespace orch::storage {

namespace {

using std::chrono::days;
using std::chrono::system_clock;

/// How rows of a table grow old.
struct ageing {
    std::string_view table;
    /// Begins the order of rows in the index of a project.
    std::string_view order;
    std::string_view type;
    /// What must hold besides.
    std::string_view also = {};
};

ageing ageing_of(aged_table table) {
    switch (table) {
    case aged_table::server_log: return {"server_log", "id", "uuid"};
    case aged_table::client_sessions:
        // It cannot have ended before it began, and the index knows only the beginning.
        return {"client_sessions", "connected_at", "timestamptz",
                " AND disconnected_at < kept.oldest"};
    case aged_table::activities: return {"activities", "id", "uuid"};
    case aged_table::usage_daily: break;
    }
    return {};
}

/// A row for each class: its days, and the oldest that stays.
std::string kept_values(const ageing& of, system_clock::time_point now, parameter_list& values) {
    std::string rows;
    for (const auto kept : retention_classes) {
        const auto oldest = now - days(kept);
        rows += fmt::format(
            "{}({}, ${}::{})", rows.empty() ? "" : ", ", kept,
            of.type == "uuid" ? values.id(uuid::floor(oldest)) : values.time(oldest), of.type);
    }
    return rows;
}

/// Project by project, each from its oldest row on: whatever the table holds, only rows that go
/// are read.
std::size_t forget_of_projects(pqxx::work& work, const ageing& of, system_clock::time_point now,
                               std::size_t rows_max) {
    parameter_list values;
    const auto kept = kept_values(of, now, values);
    const auto limit = values.integer(static_cast<std::int64_t>(rows_max));
    const auto text = fmt::format(
        "WITH RECURSIVE {6},"
        " kept(days, oldest) AS (VALUES {1}),"
        " old AS MATERIALIZED (SELECT found.id FROM owners"
        " LEFT JOIN projects ON projects.id = owners.id"
        " JOIN kept ON kept.days = coalesce(projects.retention_days, {2})"
        " CROSS JOIN LATERAL (SELECT {0}.id FROM {0} WHERE project_id = owners.id"
        " AND {3} < kept.oldest{4} ORDER BY {3} LIMIT ${5}::bigint) AS found LIMIT ${5}::bigint)"
        " DELETE FROM {0} USING old WHERE {0}.id = old.id",
        of.table, kept, orphan_days, of.order, of.also, limit, project_owners(of.table));
    return work.exec_params(text, values.dynamic()).affected_rows();
}

/// Activities that belong to no project.
std::size_t forget_of_nobody(pqxx::work& work, system_clock::time_point now, std::size_t rows_max) {
    parameter_list values;
    values.id(uuid::floor(now - days(orphan_days)));
    values.integer(static_cast<std::int64_t>(rows_max));
    return work
        .exec_params("DELETE FROM activities WHERE id = ANY(ARRAY(SELECT id FROM activities"
                     " WHERE project_id IS NULL AND id < $1::uuid ORDER BY id LIMIT $2::bigint))",
                     values.dynamic())
        .affected_rows();
}

std::size_t forget_usage(pqxx::work& work, system_clock::time_point now, std::size_t rows_max) {
    parameter_list values;
    values.integer((std::chrono::floor<days>(now) - days(usage_days)).time_since_epoch().count());
    values.integer(static_cast<std::int64_t>(rows_max));
    return work
        .exec_params("DELETE FROM usage_daily WHERE ctid = ANY(ARRAY(SELECT ctid FROM usage_daily"
                     " WHERE day < DATE '1970-01-01' + $1::integer ORDER BY day LIMIT $2::bigint))",
                     values.dynamic())
        .affected_rows();
}

} // namespace

std::vector<std::string> expired_call_days(pqxx::connection& connection,
                                           system_clock::time_point now) {
    pqxx::nontransaction work{connection};
    std::vector<call_day> expired;
    for (const auto& row : work.exec("SELECT relid::text FROM pg_partition_tree('call_log')"
                                     " WHERE isleaf AND level = 2")) {
        if (const auto day = call_day::parse(row[0].c_str()); day && day->expired(now)) {
            expired.push_back(*day);
        }
    }
    std::sort(expired.begin(), expired.end(),
              [](const auto& left, const auto& right) { return left.day < right.day; });
    std::vector<std::string> tables;
    std::transform(expired.begin(), expired.end(), std::back_inserter(tables),
                   [](const auto& day) { return day.table(); });
    return tables;
}

void drop_call_day(pqxx::connection& connection, const std::string& table) {
    pqxx::work work{connection};
    work.exec0("SET LOCAL lock_timeout = '200ms'");
    work.exec0("DROP TABLE IF EXISTS " + work.quote_name(table));
    work.commit();
}

std::size_t forget_rows(pqxx::connection& connection, aged_table table,
                        system_clock::time_point now, std::size_t rows_max) {
    pqxx::work work{connection};
    std::size_t count = 0;
    if (table == aged_table::usage_daily) {
        count = forget_usage(work, now, rows_max);
    } else {
        count = forget_of_projects(work, ageing_of(table), now, rows_max);
        if (table == aged_table::activities && count < rows_max) {
            count += forget_of_nobody(work, now, rows_max - count);
        }
    }
    work.commit();
    return count;
}

} // namespace orch::storage
