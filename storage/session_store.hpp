#pragma once

#include "core/model/observation.hpp"
#include "storage/pqxx_fwd.hpp"

#include <vector>

namespace orch::storage {

// All of these throw what libpqxx throws; call them inside `session::run` or `database::submit`.

/// Inserts or updates by id, one transaction.
void save_sessions(pqxx::connection& connection, const std::vector<model::client_session>& rows);
/// Ends every session of other instances that still looks open: their process is gone. Only for the
/// instance that holds the claim on the database.
void close_stale_sessions(pqxx::connection& connection, const instance_id& self);

} // namespace orch::storage
