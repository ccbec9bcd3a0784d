#include "storage/session_query.hpp"

#include "storage/call_snapshot.hpp"
#include "storage/row_page.hpp"

#include <fmt/format.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include <algorithm>
#include <cstdint>

namespace orch::storage {

namespace {

const std::string& columns() {
    static const std::string all = fmt::format(
        "id, instance_id, project_id, server_id, path, principal, client_name, client_version,"
        " client_type, ip_address, user_agent, protocol_version, {}, {}, {}, total_calls,"
        " successful_calls, failed_calls",
        time_column("connected_at"), time_column("last_activity"), time_column("disconnected_at"));
    return all;
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

std::string_view condition_of(session_state state) noexcept {
    switch (state) {
    case session_state::live: return " AND disconnected_at IS NULL";
    case session_state::ended: return " AND disconnected_at IS NOT NULL";
    case session_state::all: break;
    }
    return "";
}

void narrow_by_client(const session_filter& filter, statement& out) {
    auto& values = out.parameters;
    if (!filter.client_types.empty()) {
        out.text += fmt::format(" AND client_type = ANY(${}::text[])",
                                values.array(filter.client_types));
    }
    if (!filter.principal.empty()) {
        out.text += fmt::format(" AND principal = ${}::text", values.text(filter.principal));
    }
    if (filter.server) {
        out.text += fmt::format(" AND server_id = ${}::uuid", values.id(filter.server->value));
    }
}

} // namespace

statement sessions_statement(const session_filter& filter) {
    statement out;
    auto& values = out.parameters;
    // One value per statement: arguments of one call are evaluated in any order.
    out.text = fmt::format("SELECT {} FROM client_sessions", columns());
    out.text += fmt::format(" WHERE project_id = ${}::uuid", values.id(filter.project.value));
    out.text += fmt::format(" AND connected_at >= ${}::timestamptz", values.time(filter.from));
    out.text += fmt::format(" AND connected_at < ${}::timestamptz", values.time(filter.to));
    out.text += condition_of(filter.state);
    narrow_by_client(filter, out);
    if (filter.before) {
        // Its beginning never changes, and only the oldest rows are ever taken away.
        const auto last = values.id(filter.before->value);
        out.text += fmt::format(" AND (connected_at, id) < ((SELECT connected_at FROM"
                                " client_sessions WHERE id = ${0}::uuid), ${0}::uuid)",
                                last);
    }
    out.text += fmt::format(" ORDER BY client_sessions.connected_at DESC, id DESC"
                            " LIMIT ${}::bigint",
                            values.integer(std::int64_t{filter.limit} + 1));
    return out;
}

session_page query_sessions(pqxx::connection& connection, const session_filter& filter) {
    pqxx::nontransaction work{connection};
    const auto rows = run(work, sessions_statement(filter));
    session_page page;
    if (read_page(rows, filter.limit, page.sessions, read_session)) {
        page.next_cursor = page.sessions.back().id;
    }
    return page;
}

std::optional<model::client_session> find_session(pqxx::connection& connection,
                                                  const project_id& project, const session_id& id) {
    pqxx::nontransaction work{connection};
    const auto rows = work.exec_params(
        "SELECT " + columns() + " FROM client_sessions WHERE project_id = $1 AND id = $2",
        project.to_string(), id.to_string());
    return rows.empty() ? std::nullopt : std::optional{read_session(rows[0])};
}

std::vector<model::client_session> open_sessions(pqxx::connection& connection,
                                                 const instance_id& instance) {
    pqxx::nontransaction work{connection};
    std::vector<model::client_session> out;
    for (const auto& row : work.exec_params("SELECT " + columns() +
                                                " FROM client_sessions WHERE instance_id = $1"
                                                " AND disconnected_at IS NULL",
                                            instance.to_string())) {
        out.push_back(read_session(row));
    }
    return out;
}

} // namespace orch::storage
