#pragma once

#include "core/model/project.hpp"
#include "storage/pqxx_fwd.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace orch::storage {

/// A server definition as it lies in the database: env and headers sealed by the caller.
struct stored_server {
    model::server_definition definition; ///< `env` and `headers` empty
    std::string sealed_env;
    std::string sealed_headers;
    /// Former or imported spellings that still lead here.
    std::vector<std::string> aliases;
    model::server_status status;
    std::vector<model::tool> tools;
    std::vector<model::tool_switch> switches;
};

// All of these throw what libpqxx throws; call them inside `session::run`, `database::submit` or
// `transact`.

[[nodiscard]] std::vector<stored_server> load_servers(pqxx::transaction_base& work);
/// Inserts or replaces by id; aliases too. Status, tools and switches stay.
void save_servers(pqxx::transaction_base& work, const std::vector<stored_server>& servers);
/// Sealed values by the id of their key (8 hex digits), see `crypto/secret_box.hpp`.
[[nodiscard]] std::map<std::string, std::uint64_t>
count_sealed_by_key(pqxx::connection& connection);
/// With its status, tools and switches. Calls and its log stay.
void delete_server(pqxx::transaction_base& work, const server_id& server);

void save_switch(pqxx::transaction_base& work, const server_id& server,
                 const model::tool_switch& change);
void delete_switch(pqxx::transaction_base& work, const server_id& server, const std::string& tool);

/// Status and tools are written by the status writer alone.
void save_status(pqxx::connection& connection, const model::server_status& status);
void save_tools(pqxx::connection& connection, const server_id& server,
                const std::vector<model::tool>& tools);

} // namespace orch::storage
