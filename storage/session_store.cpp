#include "storage/session_store.hpp"

#include "storage/sql_values.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

#include <array>
#include <cstdint>

namespace orch::storage {

namespace {

void save_session(pqxx::work& work, const model::client_session& session) {
    const auto& caller = session.caller;
    parameter_list values;
    values.id(session.id.value);
    values.id(session.instance.value);
    values.id(session.project.value);
    values.optional_id(session.server.value);
    values.name(model::to_string(session.path));
    values.text(caller.principal);
    values.text(caller.client_name);
    values.text(caller.client_version);
    values.text(caller.client_type);
    values.text(caller.ip_address);
    values.text(caller.user_agent);
    values.text(session.protocol_version);
    values.time(session.connected_at);
    values.time(session.last_activity);
    values.time(session.disconnected_at);
    values.integer(static_cast<std::int64_t>(session.total_calls));
    values.integer(static_cast<std::int64_t>(session.successful_calls));
    values.integer(static_cast<std::int64_t>(session.failed_calls));
    work.exec_prepared0("save_session", values.dynamic());
}

model::client_session read_session(const pqxx::row& row) {
    model::client_session out;
    out.id.value = read_id(row[0]);
    out.instance.value = read_id(row[1]);
    out.project.value = read_id(row[2]);
    out.server.value = read_id(row[3]);
    out.path = model::parse_entry_path(row[4].c_str()).value_or(model::entry_path::server_sse);
    out.caller = {out.id,
                  read_text(row[5]),
                  read_text(row[6]),
                  read_text(row[7]),
                  read_text(row[8]),
                  read_text(row[9]),
                  read_text(row[10])};
    out.protocol_version = read_text(row[11]);
    out.connected_at = read_time(row[12]);
    out.last_activity = read_time(row[13]);
    out.disconnected_at = read_optional_time(row[14]);
    out.total_calls = row[15].as<std::uint64_t>();
    out.successful_calls = row[16].as<std::uint64_t>();
    out.failed_calls = row[17].as<std::uint64_t>();
    return out;
}

/// The value among `all` that `to_string` names `text`, else the first.
template <class Enum, std::size_t Count>
Enum named(const std::array<Enum, Count>& all, std::string_view text) {
    for (const auto value : all) {
        if (model::to_string(value) == text) {
            return value;
        }
    }
    return all.front();
}

model::log_level read_level(const pqxx::field& field) {
    using enum model::log_level;
    return named(std::array{info, debug, warning, error}, field.c_str());
}

model::log_category read_category(const pqxx::field& field) {
    using enum model::log_category;
    return named(std::array{output, startup, handshake, shutdown, crash, refresh}, field.c_str());
}

} // namespace

void save_sessions(pqxx::connection& connection, const std::vector<model::client_session>& rows) {
    connection.prepare(
        "save_session",
        "INSERT INTO client_sessions (id, instance_id, project_id, server_id, path, principal,"
        " client_name, client_version, client_type, ip_address, user_agent, protocol_version,"
        " connected_at, last_activity, disconnected_at, total_calls, successful_calls,"
        " failed_calls) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
        " $16, $17, $18)"
        " ON CONFLICT (id) DO UPDATE SET (server_id, principal, client_name, client_version,"
        " client_type, ip_address, user_agent, protocol_version, last_activity, disconnected_at,"
        " total_calls, successful_calls, failed_calls) = (excluded.server_id, excluded.principal,"
        " excluded.client_name, excluded.client_version, excluded.client_type,"
        " excluded.ip_address, excluded.user_agent, excluded.protocol_version,"
        " excluded.last_activity, excluded.disconnected_at, excluded.total_calls,"
        " excluded.successful_calls, excluded.failed_calls)");
    pqxx::work work{connection};
    for (const auto& row : rows) {
        save_session(work, row);
    }
    work.commit();
}

void close_stale_sessions(pqxx::connection& connection, const instance_id& self) {
    pqxx::work work{connection};
    // The last sign of life is the best that is known about the end.
    work.exec_params0("UPDATE client_sessions SET disconnected_at = last_activity"
                      " WHERE disconnected_at IS NULL AND instance_id <> $1",
                      self.to_string());
    work.commit();
}

std::vector<model::client_session> list_sessions(pqxx::connection& connection,
                                                 const project_id& project, int limit) {
    pqxx::nontransaction work{connection};
    std::vector<model::client_session> out;
    for (const auto& row : work.exec_params(
             "SELECT id, instance_id, project_id, server_id, path, principal, client_name,"
             " client_version, client_type, ip_address, user_agent, protocol_version, " +
                 time_column("connected_at") + ", " + time_column("last_activity") + ", " +
                 time_column("disconnected_at") +
                 ", total_calls, successful_calls, failed_calls FROM client_sessions"
                 " WHERE project_id = $1 ORDER BY client_sessions.connected_at DESC, id DESC"
                 " LIMIT $2",
             project.to_string(), limit)) {
        out.push_back(read_session(row));
    }
    return out;
}

void insert_server_log(pqxx::connection& connection,
                       const std::vector<model::server_log_entry>& entries) {
    connection.prepare("insert_server_log",
                       "INSERT INTO server_log (id, project_id, server_id, level, category,"
                       " message) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING");
    pqxx::work work{connection};
    for (const auto& entry : entries) {
        parameter_list values;
        values.id(entry.id);
        values.id(entry.project.value);
        values.id(entry.server.value);
        values.name(model::to_string(entry.level));
        values.name(model::to_string(entry.category));
        values.text(entry.message);
        work.exec_prepared0("insert_server_log", values.dynamic());
    }
    work.commit();
}

std::vector<model::server_log_entry> list_server_log(pqxx::connection& connection,
                                                     const project_id& project,
                                                     const server_id& server,
                                                     const server_log_filter& filter) {
    const std::string level(filter.level ? model::to_string(*filter.level) : "");
    const std::string category(filter.category ? model::to_string(*filter.category) : "");
    pqxx::nontransaction work{connection};
    std::vector<model::server_log_entry> out;
    for (const auto& row :
         work.exec_params("SELECT id, project_id, server_id, level, category, message"
                          " FROM server_log WHERE server_id = $1 AND project_id = $2"
                          " AND ($4 = '' OR level = $4) AND ($5 = '' OR category = $5)"
                          " ORDER BY id DESC LIMIT $3",
                          server.to_string(), project.to_string(), filter.limit, level, category)) {
        out.push_back({read_id(row[0]),
                       {read_id(row[1])},
                       {read_id(row[2])},
                       read_level(row[3]),
                       read_category(row[4]),
                       read_text(row[5])});
    }
    return out;
}

} // namespace orch::storage
