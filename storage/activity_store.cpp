#include "storage/activity_store.hpp"

#include "storage/sql_values.hpp"

#include <fmt/format.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

namespace orch::storage {

void insert_activity(pqxx::transaction_base& work, const model::activity& activity) {
    parameter_list values;
    values.id(activity.id);
    values.optional_id(activity.project.value);
    values.name(model::to_string(activity.type));
    values.text(activity.actor);
    values.text(activity.actor_name);
    values.text(activity.target_type);
    values.text(activity.target_id);
    values.text(activity.target_name);
    values.text(activity.changes);
    values.text(activity.ip_address);
    values.optional_id(activity.team.value);
    work.exec_params0("INSERT INTO activities (id, project_id, type, actor, actor_name,"
                      " target_type, target_id, target_name, changes, ip_address, team_id)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                      values.dynamic());
}

namespace {

/// The conditions of `filter`, each of which begins with AND.
std::string conditions_of(const activity_filter& filter, parameter_list& values) {
    std::string sql;
    if (filter.project) {
        sql += fmt::format(" AND project_id = ${}::uuid", values.id(filter.project->value));
    }
    if (filter.team) {
        sql += fmt::format(" AND team_id = ${}::uuid", values.id(filter.team->value));
    }
    if (!filter.types.empty()) {
        sql += fmt::format(" AND type = ANY(${}::text[])", values.array(filter.types));
    }
    if (filter.types_of_severity) {
        sql += fmt::format(" AND type = ANY(${}::text[])", values.array(*filter.types_of_severity));
    }
    if (!filter.actor.empty()) {
        sql += fmt::format(" AND actor = ${}::text", values.text(filter.actor));
    }
    if (!filter.target_type.empty()) {
        sql += fmt::format(" AND target_type = ${}::text", values.text(filter.target_type));
    }
    if (!filter.search.empty()) {
        sql += fmt::format(
            " AND strpos(lower(target_name || E'\\n' || actor_name), lower(${}::text)) > 0",
            values.text(filter.search));
    }
    if (filter.from) {
        sql += fmt::format(" AND id >= ${}::uuid", values.id(uuid::floor(*filter.from)));
    }
    if (filter.to) {
        sql += fmt::format(" AND id < ${}::uuid", values.id(uuid::floor(*filter.to)));
    }
    if (filter.before) {
        sql += fmt::format(" AND id < ${}::uuid", values.id(*filter.before));
    }
    return sql;
}

} // namespace

std::vector<model::activity> list_activities(pqxx::connection& connection,
                                             const activity_filter& filter) {
    parameter_list values;
    std::string sql = "SELECT id, project_id, type, actor, actor_name, target_type, target_id,"
                      " target_name, changes, ip_address, team_id FROM activities WHERE true";
    sql += conditions_of(filter, values);
    sql += fmt::format(" ORDER BY id DESC LIMIT ${}::integer", values.integer(filter.limit));
    pqxx::nontransaction work{connection};
    std::vector<model::activity> out;
    for (const auto& row : work.exec_params(sql, values.dynamic())) {
        out.push_back({read_id(row[0]),
                       {read_id(row[1])},
                       {read_id(row[10])},
                       model::parse_activity_type(row[2].c_str()),
                       read_text(row[3]),
                       read_text(row[4]),
                       read_text(row[5]),
                       read_text(row[6]),
                       read_text(row[7]),
                       read_text(row[8]),
                       read_text(row[9])});
    }
    return out;
}

std::vector<activity_count> count_activities(pqxx::connection& connection,
                                             const project_id& project,
                                             std::chrono::system_clock::time_point since) {
    parameter_list values;
    values.id(project.value);
    values.id(uuid::floor(since));
    pqxx::nontransaction work{connection};
    std::vector<activity_count> out;
    for (const auto& row : work.exec_params(
             "SELECT type, count(*), count(*) FILTER (WHERE id >= $2::uuid) FROM activities"
             " WHERE project_id = $1::uuid GROUP BY type ORDER BY type",
             values.dynamic())) {
        out.push_back({model::parse_activity_type(row[0].c_str()), row[1].as<std::uint64_t>(),
                       row[2].as<std::uint64_t>()});
    }
    return out;
}

} // namespace orch::storage
