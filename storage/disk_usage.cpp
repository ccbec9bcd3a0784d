#include "storage/disk_usage.hpp"

#include "storage/call_snapshot.hpp"
#include "storage/project_owners.hpp"
#include "storage/retention.hpp"

#include <fmt/format.h>
#include <pqxx/connection>

namespace orch::storage {

namespace {

using std::chrono::system_clock;

std::optional<system_clock::time_point> time_of_id(const pqxx::field& field) {
    return field.is_null() ? std::nullopt : std::optional(read_id(field).timestamp());
}

stored_kind measure_calls(snapshot& work, int retention_days) {
    // A day that is dropped meanwhile has no size any more.
    const auto sizes = work.exec1(
        fmt::format("SELECT coalesce(sum(pg_total_relation_size(relid)), 0)::bigint, count(*)"
                    " FROM pg_partition_tree('call_log_{}') WHERE isleaf",
                    retention_days));
    const auto oldest = work.exec(fmt::format(
        "SELECT id FROM call_log WHERE retention_days = {} ORDER BY id LIMIT 1", retention_days));
    return {"calls", retention_days, sizes[0].as<std::uint64_t>(), sizes[1].as<std::uint64_t>(),
            oldest.empty() ? std::nullopt : time_of_id(oldest[0][0])};
}

/// `oldest` is an expression that reads little.
pqxx::row measure_table(snapshot& work, std::string_view table, const std::string& oldest) {
    return work.exec1(fmt::format("SELECT pg_total_relation_size('{}'), ({})", table, oldest));
}

stored_kind measure_by_id(snapshot& work, std::string_view name, std::string_view table) {
    const auto row = measure_table(work, table,
                                   fmt::format("SELECT id FROM {} ORDER BY id LIMIT 1", table));
    return {std::string(name), std::nullopt, row[0].as<std::uint64_t>(), std::nullopt,
            time_of_id(row[1])};
}

stored_kind measure_sessions(snapshot& work) {
    // Their times stand in one index behind the projects.
    const auto row = measure_table(
        work, "client_sessions",
        fmt::format("WITH RECURSIVE {} SELECT {} FROM owners CROSS JOIN LATERAL"
                    " (SELECT connected_at FROM client_sessions WHERE project_id = owners.id"
                    " ORDER BY connected_at LIMIT 1) AS first",
                    project_owners("client_sessions"), time_column("min(connected_at)")));
    return {"sessions", std::nullopt, row[0].as<std::uint64_t>(), std::nullopt,
            read_optional_time(row[1])};
}

stored_kind measure_usage(snapshot& work) {
    const auto row = measure_table(work, "usage_daily",
                                   "SELECT min(day) - DATE '1970-01-01' FROM usage_daily");
    std::optional<system_clock::time_point> oldest;
    if (!row[1].is_null()) {
        oldest = std::chrono::sys_days{std::chrono::days(row[1].as<int>())};
    }
    return {"usage", std::nullopt, row[0].as<std::uint64_t>(), std::nullopt, oldest};
}

} // namespace

disk_usage measure_disk(pqxx::connection& connection) {
    snapshot work{connection};
    disk_usage out;
    out.database_bytes =
        work.exec1("SELECT pg_database_size(current_database())")[0].as<std::uint64_t>();
    for (const auto kept : retention_classes) {
        out.kinds.push_back(measure_calls(work, kept));
    }
    out.kinds.push_back(measure_by_id(work, "server_log", "server_log"));
    out.kinds.push_back(measure_sessions(work));
    out.kinds.push_back(measure_by_id(work, "activities", "activities"));
    out.kinds.push_back(measure_usage(work));
    return out;
}

} // namespace orch::storage
