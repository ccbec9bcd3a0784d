#pragma once

#include "core/model/project.hpp"
#include "storage/pqxx_fwd.hpp"

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
};

struct stored_registry {
    std::vector<model::project> projects;
    std::vector<stored_server> servers;
    std::vector<model::api_key> keys;
};

// All of these throw what libpqxx throws; call them inside `session::run` or `database::submit`.

[[nodiscard]] stored_registry load_registry(pqxx::connection& connection);
void insert_project(pqxx::connection& connection, const model::project& project);
/// Inserts or replaces by id; aliases too. One transaction for the whole list.
void save_servers(pqxx::connection& connection, const std::vector<stored_server>& servers);
void insert_key(pqxx::connection& connection, const model::api_key& key);

/// Status and tools are written by the status writer alone.
void save_status(pqxx::connection& connection, const model::server_status& status);
void save_tools(pqxx::connection& connection, const server_id& server,
                const std::vector<model::tool>& tools);

} // namespace orch::storage
