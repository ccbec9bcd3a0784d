#pragma once

#include "core/model/observation.hpp"
#include "storage/pqxx_fwd.hpp"

#include <optional>
#include <vector>

namespace orch::storage {

// All of these throw what libpqxx throws; call them inside `session::run` or `database::submit`.

/// Inserts or updates by id, one transaction.
void save_sessions(pqxx::connection& connection, const std::vector<model::client_session>& rows);
/// Ends every session of other instances that still looks open: their process is gone.
void close_stale_sessions(pqxx::connection& connection, const instance_id& self);
/// Newest first, at most `limit`.
[[nodiscard]] std::vector<model::client_session>
list_sessions(pqxx::connection& connection, const project_id& project, int limit);

void insert_server_log(pqxx::connection& connection,
                       const std::vector<model::server_log_entry>& entries);
struct server_log_filter {
    int limit = 500;
    /// Absent for all of them.
    std::optional<model::log_level> level = {};
    std::optional<model::log_category> category = {};
};

/// Newest first.
[[nodiscard]] std::vector<model::server_log_entry> list_server_log(pqxx::connection& connection,
                                                                   const project_id& project,
                                                                   const server_id& server,
                                                                   const server_log_filter& filter);

} // namespace orch::storage
