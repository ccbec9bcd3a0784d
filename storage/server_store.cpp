#include "storage/server_store.hpp"

#include "storage/sql_values.hpp"

#include <pqxx/connection>
#include <pqxx/result>
#include <pqxx/transaction>

#include <cstdint>
#include <unordered_map>

namespace orch::storage {

namespace {

using server_index = std::unordered_map<uuid, std::size_t>;

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
    if (!row[16].is_null()) {
        server.auth_required = row[16].as<bool>();
    }
    server.policy = model::parse_process_policy(row[17].c_str()).value_or(model::process_policy{});
    server.created_by.value = read_id(row[18]);
    out.status.id = server.id;
    return out;
}

std::vector<stored_server> load_definitions(pqxx::transaction_base& work) {
    std::vector<stored_server> out;
    for (const auto& row :
         work.exec("SELECT id, project_id, name, display_name, description, transport, command,"
                   " args, env_sealed, cwd, url, headers_sealed, call_timeout_ms, enabled, " +
                   time_column("created_at") + ", " + time_column("updated_at") +
                   ", auth_required, policy, created_by FROM servers ORDER BY created_at, id")) {
        out.push_back(read_server(row));
    }
    return out;
}

void load_aliases(pqxx::transaction_base& work, std::vector<stored_server>& servers,
                  const server_index& index) {
    for (const auto& row :
         work.exec("SELECT server_id, alias FROM server_aliases ORDER BY server_id, position")) {
        servers[index.at(read_id(row[0]))].aliases.push_back(read_text(row[1]));
    }
}

void load_status(pqxx::transaction_base& work, std::vector<stored_server>& servers,
                 const server_index& index) {
    for (const auto& row : work.exec(
             "SELECT server_id, state, tools_count, last_error, " + time_column("last_checked") +
             ", " + time_column("last_connected") + ", " + time_column("last_used") +
             ", starts, restarts, probed_launch, needs_client FROM server_status")) {
        auto& status = servers[index.at(read_id(row[0]))].status;
        status.state = model::parse_server_state(row[1].c_str());
        status.tools_count = row[2].as<int>();
        status.last_error = read_text(row[3]);
        status.last_checked = read_optional_time(row[4]);
        status.last_connected = read_optional_time(row[5]);
        status.last_used = read_optional_time(row[6]);
        status.starts = row[7].as<std::uint64_t>();
        status.restarts = row[8].as<std::uint64_t>();
        status.probed_launch = read_text(row[9]);
        status.needs_client = row[10].as<bool>();
    }
}

void load_items(pqxx::transaction_base& work, std::vector<stored_server>& servers,
                const server_index& index) {
    for (const auto& row : work.exec("SELECT server_id, kind, name, definition FROM server_items"
                                     " ORDER BY server_id, kind, position")) {
        if (const auto kind = model::parse_list_kind(row[1].c_str())) {
            servers[index.at(read_id(row[0]))].lists[model::index_of(*kind)].push_back(
                {read_text(row[2]), read_bytes(row[3])});
        }
    }
}

void load_introductions(pqxx::transaction_base& work, std::vector<stored_server>& servers,
                        const server_index& index) {
    for (const auto& row :
         work.exec("SELECT server_id, capabilities, instructions FROM server_introductions")) {
        servers[index.at(read_id(row[0]))].introduction = model::server_introduction{
            read_bytes(row[1]), read_bytes(row[2])};
    }
}

void load_switches(pqxx::transaction_base& work, std::vector<stored_server>& servers,
                   const server_index& index) {
    for (const auto& row :
         work.exec("SELECT server_id, tool, enabled, " + time_column("created_at") + ", " +
                   time_column("updated_at") + " FROM tool_switches ORDER BY server_id, tool")) {
        servers[index.at(read_id(row[0]))].switches.push_back(
            {read_text(row[1]), row[2].as<bool>(), read_time(row[3]), read_time(row[4])});
    }
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
    definition.auth_required ? values.boolean(*definition.auth_required) : values.null();
    values.name(model::to_string(definition.policy));
    values.optional_id(definition.created_by.value);
    work.exec_params0(
        "INSERT INTO servers (id, project_id, name, display_name, description, transport, command,"
        " args, cwd, url, call_timeout_ms, enabled, created_at, updated_at, auth_required, policy,"
        " created_by, env_sealed, headers_sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
        " $11, $12, $13, $14, $15, $16, $17, $18, $19)"
        " ON CONFLICT (id) DO UPDATE SET (project_id, name, display_name, description, transport,"
        " command, args, cwd, url, call_timeout_ms, enabled, created_at, updated_at, auth_required,"
        " policy, created_by, env_sealed, headers_sealed) = (excluded.project_id, excluded.name, "
        "excluded.display_name,"
        " excluded.description, excluded.transport, excluded.command, excluded.args, excluded.cwd,"
        " excluded.url, excluded.call_timeout_ms, excluded.enabled, excluded.created_at,"
        " excluded.updated_at, excluded.auth_required, excluded.policy, excluded.created_by,"
        " excluded.env_sealed, excluded.headers_sealed)",
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

std::vector<stored_server> load_servers(pqxx::transaction_base& work) {
    auto servers = load_definitions(work);
    server_index index;
    for (std::size_t i = 0; i < servers.size(); ++i) {
        index[servers[i].definition.id.value] = i;
    }
    load_aliases(work, servers, index);
    load_status(work, servers, index);
    load_items(work, servers, index);
    load_introductions(work, servers, index);
    load_switches(work, servers, index);
    return servers;
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

std::map<std::string, std::uint64_t> count_sealed_by_key(pqxx::connection& connection) {
    pqxx::read_transaction work(connection);
    std::map<std::string, std::uint64_t> counts;
    for (const auto& row :
         work.exec("SELECT encode(substring(sealed FROM 2 FOR 4), 'hex'), count(*)"
                   " FROM (SELECT env_sealed AS sealed FROM servers"
                   " UNION ALL SELECT headers_sealed FROM servers) AS sealed_values GROUP BY 1")) {
        counts[read_text(row[0])] = row[1].as<std::uint64_t>();
    }
    return counts;
}

void delete_server(pqxx::transaction_base& work, const server_id& server) {
    work.exec_params0("DELETE FROM servers WHERE id = $1", server.to_string());
}

void save_switch(pqxx::transaction_base& work, const server_id& server,
                 const model::tool_switch& change) {
    parameter_list values;
    values.id(server.value);
    values.text(change.tool);
    values.boolean(change.enabled);
    values.time(change.created_at);
    values.time(change.updated_at);
    work.exec_params0("INSERT INTO tool_switches (server_id, tool, enabled, created_at, updated_at)"
                      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (server_id, tool) DO UPDATE"
                      " SET (enabled, updated_at) = (excluded.enabled, excluded.updated_at)",
                      values.dynamic());
}

void delete_switch(pqxx::transaction_base& work, const server_id& server, const std::string& tool) {
    work.exec_params0("DELETE FROM tool_switches WHERE server_id = $1 AND tool = $2",
                      server.to_string(), clean_text(tool));
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
    values.integer(static_cast<std::int64_t>(status.starts));
    values.integer(static_cast<std::int64_t>(status.restarts));
    values.text(status.probed_launch);
    values.boolean(status.needs_client);
    pqxx::work work{connection};
    // News of a server that was deleted meanwhile is no error.
    work.exec_params0(
        "INSERT INTO server_status (server_id, state, tools_count, last_error, last_checked,"
        " last_connected, last_used, starts, restarts, probed_launch, needs_client)"
        " SELECT id, $2, $3::integer, $4, $5::timestamptz, $6::timestamptz, $7::timestamptz,"
        " $8::bigint, $9::bigint, $10, $11::boolean FROM servers WHERE id = $1"
        " ON CONFLICT (server_id) DO UPDATE SET (state, tools_count, last_error, last_checked,"
        " last_connected, last_used, starts, restarts, probed_launch, needs_client)"
        " = (excluded.state, excluded.tools_count, excluded.last_error, excluded.last_checked,"
        " excluded.last_connected, excluded.last_used, excluded.starts, excluded.restarts,"
        " excluded.probed_launch, excluded.needs_client)",
        values.dynamic());
    work.commit();
}

void save_items(pqxx::connection& connection, const server_id& server, model::list_kind kind,
                const std::vector<model::listed_item>& items) {
    const auto id = server.to_string();
    const std::string kind_name(model::to_string(kind));
    pqxx::work work{connection};
    const auto found = work.exec_params("SELECT FROM servers WHERE id = $1 FOR KEY SHARE", id);
    work.exec_params0("DELETE FROM server_items WHERE server_id = $1 AND kind = $2", id, kind_name);
    for (std::size_t i = 0; i < items.size() && !found.empty(); ++i) {
        work.exec_params0("INSERT INTO server_items (server_id, kind, position, name, definition)"
                          " VALUES ($1, $2, $3, $4, $5)",
                          id, kind_name, i, clean_text(items[i].name), binary(items[i].definition));
    }
    work.commit();
}

void save_introduction(pqxx::connection& connection, const server_id& server,
                       const model::server_introduction& introduction) {
    pqxx::work work{connection};
    work.exec_params0("INSERT INTO server_introductions (server_id, capabilities, instructions)"
                      " SELECT id, $2, $3 FROM servers WHERE id = $1 FOR KEY SHARE"
                      " ON CONFLICT (server_id) DO UPDATE SET (capabilities, instructions)"
                      " = (excluded.capabilities, excluded.instructions)",
                      server.to_string(), binary(introduction.capabilities),
                      binary(introduction.instructions));
    work.commit();
}

} // namespace orch::storage
