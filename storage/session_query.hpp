#pragma once

#include "core/model/observation.hpp"
#include "storage/pqxx_fwd.hpp"
#include "storage/sql_values.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace orch::storage {

enum class session_state : std::uint8_t { all, live, ended };

/// Which client sessions are wanted.
struct session_filter {
    project_id project;
    session_state state = session_state::all;
    /// Half-open range of the time at which they began.
    std::chrono::system_clock::time_point from;
    std::chrono::system_clock::time_point to;
    /// Any of these; empty for all.
    std::vector<std::string> client_types = {};
    /// `key:<id>`, `user:<id>`, …; empty for all.
    std::string principal = {};
    /// Of the endpoint of this server alone; absent for all.
    std::optional<server_id> server = {};
    /// Sessions strictly older than this one: the keyset cursor.
    std::optional<session_id> before = {};
    int limit = 50;
};

/// The sessions of one page and one more, which tells whether a next page exists. Borrows texts
/// from its filter, which must outlive it.
[[nodiscard]] statement sessions_statement(const session_filter& filter);

// These throw what libpqxx throws; call them inside `session::run` or `database::submit`.

struct session_page {
    std::vector<model::client_session> sessions; ///< newest first
    std::optional<session_id> next_cursor;
};
[[nodiscard]] session_page query_sessions(pqxx::connection& connection,
                                          const session_filter& filter);
[[nodiscard]] std::optional<model::client_session>
find_session(pqxx::connection& connection, const project_id& project, const session_id& id);
/// Those of one instance that have not ended.
[[nodiscard]] std::vector<model::client_session> open_sessions(pqxx::connection& connection,
                                                               const instance_id& instance);

} // namespace orch::storage
