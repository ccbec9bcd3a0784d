#include "storage/session_store.hpp"

#include "storage/sql_values.hpp"

#include <pqxx/connection>
#include <pqxx/transaction>

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

} // namespace orch::storage
