#include "storage/registry_store.hpp"

#include "storage/people_store.hpp"
#include "storage/sql_values.hpp"

#include <pqxx/connection>
#include <pqxx/result>
#include <pqxx/transaction>

#include <cstdint>
#include <unordered_map>

namespace orch::storage {

namespace {

using snapshot = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;
using server_index = std::unordered_map<uuid, std::size_t>;

std::vector<model::project> load_projects(snapshot& work) {
    std::vector<model::project> out;
    for (const auto& row :
         work.exec("SELECT id, name, display_name, description, created_by, unified_enabled,"
                   " retention_days, " +
                   time_column("created_at") + ", " + time_column("updated_at") +
                   " FROM projects ORDER BY created_at, id")) {
        out.push_back({{read_id(row[0])},
                       read_text(row[1]),
                       read_text(row[2]),
                       read_text(row[3]),
                       {read_id(row[4])},
                       row[5].as<bool>(),
                       row[6].as<int>(),
                       read_time(row[7]),
                       read_time(row[8])});
    }
    return out;
}

stored_server read_server(const pqxx::row& row) {
    stored_server out;
    auto& server = out.definition;
    server.id.value = read_id(row[0]);
    server.project.value = read_id(row[1]);
    server.name = read_text(row[2]);
    server.display_name = read_text(row[3]);
    server.description = read_text(row[4]);
    server.kind = model::parse_transport(row[5].c_str()).value_or(model::transport::stdio);
    server.command = read_text(row[6]);
    server.args = read_array(row[7]);
    out.sealed_env = read_bytes(row[8]);
    server.cwd = read_text(row[9]);
    server.url = read_text(row[10]);
    out.sealed_headers = read_bytes(row[11]);
    server.call_timeout = std::chrono::milliseconds{row[12].as<std::int64_t>()};
    server.enabled = row[13].as<bool>();
    server.created_at = read_time(row[14]);
    server.updated_at = read_time(row[15]);
    out.status.id = server.id;
    return out;
}

std::vector<stored_server> load_servers(snapshot& work) {
    std::vector<stored_server> out;
    for (const auto& row :
         work.exec("SELECT id, project_id, name, display_name, description, transport, command,"
                   " args, env_sealed, cwd, url, headers_sealed, call_timeout_ms, enabled, " +
                   time_column("created_at") + ", " + time_column("updated_at") +
                   " FROM servers ORDER BY created_at, id")) {
        out.push_back(read_server(row));
    }
    return out;
}

void load_aliases(snapshot& work, std::vector<stored_server>& servers, const server_index& index) {
    for (const auto& row :
         work.exec("SELECT server_id, alias FROM server_aliases ORDER BY server_id, position")) {
        servers[index.at(read_id(row[0]))].aliases.push_back(read_text(row[1]));
    }
}

void load_status(snapshot& work, std::vector<stored_server>& servers, const server_index& index) {
    for (const auto& row :
         work.exec("SELECT server_id, state, tools_count, last_error, " +
                   time_column("last_checked") + ", " + time_column("last_connected") + ", " +
                   time_column("last_used") + " FROM server_status")) {
        auto& status = servers[index.at(read_id(row[0]))].status;
        status.state = model::parse_server_state(row[1].c_str());
        status.tools_count = row[2].as<int>();
        status.last_error = read_text(row[3]);
        status.last_checked = read_optional_time(row[4]);
        status.last_connected = read_optional_time(row[5]);
        status.last_used = read_optional_time(row[6]);
    }
}

void load_tools(snapshot& work, std::vector<stored_server>& servers, const server_index& index) {
    for (const auto& row : work.exec("SELECT server_id, name, definition FROM server_tools"
                                     " ORDER BY server_id, position")) {
        servers[index.at(read_id(row[0]))].tools.push_back({read_text(row[1]), read_bytes(row[2])});
    }
}

std::vector<model::api_key> load_keys(snapshot& work) {
    std::vector<model::api_key> out;
    for (const auto& row : work.exec("SELECT id, project_id, name, sha256, prefix, active, " +
                                     time_column("expires_at") + ", " + time_column("created_at") +
                                     " FROM api_keys ORDER BY created_at, id")) {
        out.push_back({{read_id(row[0])},
                       {read_id(row[1])},
                       read_text(row[2]),
                       read_bytes(row[3]),
                       read_text(row[4]),
                       row[5].as<bool>(),
                       read_optional_time(row[6]),
                       read_time(row[7])});
    }
    return out;
}

void save_definition(pqxx::transaction_base& work, const stored_server& server) {
    const auto& definition = server.definition;
    parameter_list values;
    values.id(definition.id.value);
    values.id(definition.project.value);
    values.text(definition.name);
    values.text(definition.display_name);
    values.text(definition.description);
    values.name(model::to_string(definition.kind));
    values.text(definition.command);
    values.array(definition.args);
    values.text(definition.cwd);
    values.text(definition.url);
    values.integer(definition.call_timeout.count());
    values.boolean(definition.enabled);
    values.time(definition.created_at);
    values.time(definition.updated_at);
    work.exec_params0(
        "INSERT INTO servers (id, project_id, name, display_name, description, transport, command,"
        " args, cwd, url, call_timeout_ms, enabled, created_at, updated_at, env_sealed,"
        " headers_sealed)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
        " ON CONFLICT (id) DO UPDATE SET (project_id, name, display_name, description, transport,"
        " command, args, cwd, url, call_timeout_ms, enabled, created_at, updated_at, env_sealed,"
        " headers_sealed) = (excluded.project_id, excluded.name, excluded.display_name,"
        " excluded.description, excluded.transport, excluded.command, excluded.args, excluded.cwd,"
        " excluded.url, excluded.call_timeout_ms, excluded.enabled, excluded.created_at,"
        " excluded.updated_at, excluded.env_sealed, excluded.headers_sealed)",
        values.dynamic(), binary(server.sealed_env), binary(server.sealed_headers));
}

void save_aliases(pqxx::transaction_base& work, const stored_server& server) {
    parameter_list values;
    values.id(server.definition.project.value);
    values.id(server.definition.id.value);
    values.array(server.aliases);
    work.exec_params0("INSERT INTO server_aliases (project_id, server_id, alias, position)"
                      " SELECT $1, $2, alias, position"
                      " FROM unnest($3::text[]) WITH ORDINALITY AS given (alias, position)",
                      values.dynamic());
}

} // namespace

stored_registry load_registry(pqxx::connection& connection) {
    snapshot work{connection};
    stored_registry out;
    out.projects = load_projects(work);
    out.servers = load_servers(work);
    out.keys = load_keys(work);
    server_index index;
    for (std::size_t i = 0; i < out.servers.size(); ++i) {
        index[out.servers[i].definition.id.value] = i;
    }
    load_aliases(work, out.servers, index);
    load_status(work, out.servers, index);
    load_tools(work, out.servers, index);
    out.users = load_users(work);
    out.members = load_members(work);
    return out;
}

void insert_project(pqxx::transaction_base& work, const model::project& project) {
    parameter_list values;
    values.id(project.id.value);
    values.text(project.name);
    values.text(project.display_name);
    values.text(project.description);
    values.optional_id(project.created_by.value);
    values.boolean(project.unified_enabled);
    values.integer(project.retention_days);
    values.time(project.created_at);
    values.time(project.updated_at);
    work.exec_params0("INSERT INTO projects (id, name, display_name, description, created_by,"
                      " unified_enabled, retention_days, created_at, updated_at)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                      values.dynamic());
}

void update_project(pqxx::transaction_base& work, const model::project& project) {
    parameter_list values;
    values.id(project.id.value);
    values.text(project.name);
    values.text(project.display_name);
    values.text(project.description);
    values.boolean(project.unified_enabled);
    values.integer(project.retention_days);
    values.time(project.updated_at);
    work.exec_params0("UPDATE projects SET name = $2, display_name = $3, description = $4,"
                      " unified_enabled = $5, retention_days = $6, updated_at = $7"
                      " WHERE id = $1",
                      values.dynamic());
}

void delete_project(pqxx::transaction_base& work, const project_id& project) {
    work.exec_params0("DELETE FROM projects WHERE id = $1", project.to_string());
}

void save_servers(pqxx::transaction_base& work, const std::vector<stored_server>& servers) {
    // All old aliases go first: one may move from a server of the list to another.
    for (const auto& server : servers) {
        work.exec_params0("DELETE FROM server_aliases WHERE server_id = $1",
                          server.definition.id.to_string());
    }
    for (const auto& server : servers) {
        save_definition(work, server);
        save_aliases(work, server);
    }
}

void insert_key(pqxx::transaction_base& work, const model::api_key& key) {
    parameter_list values;
    values.id(key.id.value);
    values.id(key.project.value);
    values.text(key.name);
    values.text(key.prefix);
    values.boolean(key.active);
    values.time(key.expires_at);
    values.time(key.created_at);
    work.exec_params0("INSERT INTO api_keys (id, project_id, name, prefix, active, expires_at,"
                      " created_at, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                      values.dynamic(), binary(key.sha256));
}

void save_status(pqxx::connection& connection, const model::server_status& status) {
    parameter_list values;
    values.id(status.id.value);
    values.name(model::to_string(status.state));
    values.integer(status.tools_count);
    values.text(status.last_error);
    values.time(status.last_checked);
    values.time(status.last_connected);
    values.time(status.last_used);
    pqxx::work work{connection};
    // News of a server that was deleted meanwhile is no error.
    work.exec_params0(
        "INSERT INTO server_status (server_id, state, tools_count, last_error, last_checked,"
        " last_connected, last_used)"
        " SELECT id, $2, $3::integer, $4, $5::timestamptz, $6::timestamptz, $7::timestamptz"
        " FROM servers WHERE id = $1"
        " ON CONFLICT (server_id) DO UPDATE SET (state, tools_count, last_error, last_checked,"
        " last_connected, last_used) = (excluded.state, excluded.tools_count, excluded.last_error,"
        " excluded.last_checked, excluded.last_connected, excluded.last_used)",
        values.dynamic());
    work.commit();
}

void save_tools(pqxx::connection& connection, const server_id& server,
                const std::vector<model::tool>& tools) {
    const auto id = server.to_string();
    pqxx::work work{connection};
    const auto found = work.exec_params("SELECT FROM servers WHERE id = $1 FOR KEY SHARE", id);
    work.exec_params0("DELETE FROM server_tools WHERE server_id = $1", id);
    for (std::size_t i = 0; i < tools.size() && !found.empty(); ++i) {
        work.exec_params0("INSERT INTO server_tools (server_id, position, name, definition)"
                          " VALUES ($1, $2, $3, $4)",
                          id, i, clean_text(tools[i].name), binary(tools[i].definition));
    }
    work.commit();
}

} // namespace orch::storage
