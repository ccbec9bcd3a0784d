#pragma once

#include "core/model/people.hpp"
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
    std::vector<model::user> users;
    std::vector<model::project_member> members;
};

// All of these throw what libpqxx throws; call them inside `session::run`, `database::submit` or
// `transact`.

[[nodiscard]] stored_registry load_registry(pqxx::connection& connection);
void insert_project(pqxx::transaction_base& work, const model::project& project);
/// Name, display name, description, unified switch and retention.
void update_project(pqxx::transaction_base& work, const model::project& project);
/// With its servers, keys and members. Calls and activities stay.
void delete_project(pqxx::transaction_base& work, const project_id& project);
/// Inserts or replaces by id; aliases too.
void save_servers(pqxx::transaction_base& work, const std::vector<stored_server>& servers);
void insert_key(pqxx::transaction_base& work, const model::api_key& key);

/// Status and tools are written by the status writer alone.
void save_status(pqxx::connection& connection, const model::server_status& status);
void save_tools(pqxx::connection& connection, const server_id& server,
                const std::vector<model::tool>& tools);

} // namespace orch::storage
