#include "storage/project_store.hpp"

#include "storage/ip_range_column.hpp"

#include <pqxx/result>
#include <pqxx/transaction_base>

#include <unordered_map>

namespace orch::storage {

namespace {

model::project read_project(const pqxx::row& row) {
    model::project project;
    project.id.value = read_id(row[0]);
    project.name = read_text(row[1]);
    project.display_name = read_text(row[2]);
    project.description = read_text(row[3]);
    project.created_by.value = read_id(row[4]);
    project.unified_enabled = row[5].as<bool>();
    project.auth_required = row[6].as<bool>();
    project.allowed_ip_ranges = read_ip_ranges(row[7]);
    project.naming = model::parse_naming_mode(row[8].c_str()).value_or(model::naming_mode::always);
    project.retention_days = row[9].as<int>();
    project.created_at = read_time(row[10]);
    project.updated_at = read_time(row[11]);
    return project;
}

void save_aliases(pqxx::transaction_base& work, const model::project& project) {
    work.exec_params0("DELETE FROM project_aliases WHERE project_id = $1", project.id.to_string());
    parameter_list values;
    values.id(project.id.value);
    values.array(project.aliases);
    work.exec_params0("INSERT INTO project_aliases (project_id, alias, position)"
                      " SELECT $1, alias, position"
                      " FROM unnest($2::text[]) WITH ORDINALITY AS given (alias, position)",
                      values.dynamic());
}

/// The values that an insert and an update have in common, id first.
parameter_list values_of(const model::project& project) {
    parameter_list values;
    values.id(project.id.value);
    values.text(project.name);
    values.text(project.display_name);
    values.text(project.description);
    values.boolean(project.unified_enabled);
    values.boolean(project.auth_required);
    values.array(texts_of(project.allowed_ip_ranges));
    values.name(model::to_string(project.naming));
    values.integer(project.retention_days);
    values.time(project.updated_at);
    return values;
}

} // namespace

std::vector<model::project> load_projects(pqxx::transaction_base& work) {
    std::vector<model::project> out;
    std::unordered_map<uuid, std::size_t> index;
    for (const auto& row :
         work.exec("SELECT id, name, display_name, description, created_by, unified_enabled,"
                   " auth_required, allowed_ip_ranges, naming, retention_days, " +
                   time_column("created_at") + ", " + time_column("updated_at") +
                   " FROM projects ORDER BY created_at, id")) {
        out.push_back(read_project(row));
        index[out.back().id.value] = out.size() - 1;
    }
    for (const auto& row :
         work.exec("SELECT project_id, alias FROM project_aliases ORDER BY project_id, position")) {
        out[index.at(read_id(row[0]))].aliases.push_back(read_text(row[1]));
    }
    return out;
}

void insert_project(pqxx::transaction_base& work, const model::project& project) {
    auto values = values_of(project);
    values.optional_id(project.created_by.value);
    values.time(project.created_at);
    work.exec_params0("INSERT INTO projects (id, name, display_name, description, unified_enabled,"
                      " auth_required, allowed_ip_ranges, naming, retention_days, updated_at,"
                      " created_by, created_at)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                      values.dynamic());
    save_aliases(work, project);
}

void update_project(pqxx::transaction_base& work, const model::project& project) {
    const auto values = values_of(project);
    work.exec_params0("UPDATE projects SET name = $2, display_name = $3, description = $4,"
                      " unified_enabled = $5, auth_required = $6, allowed_ip_ranges = $7,"
                      " naming = $8, retention_days = $9, updated_at = $10 WHERE id = $1",
                      values.dynamic());
    save_aliases(work, project);
}

void delete_project(pqxx::transaction_base& work, const project_id& project) {
    work.exec_params0("DELETE FROM projects WHERE id = $1", project.to_string());
}

} // namespace orch::storage
