#pragma once

#include "core/model/catalogue.hpp"
#include "core/model/project.hpp"
#include "storage/pqxx_fwd.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
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
    /// By index of their kind.
    std::array<std::vector<model::listed_item>, model::all_list_kinds.size()> lists;
    /// Absent before the first handshake.
    std::optional<model::server_introduction> introduction;
    std::vector<model::tool_switch> switches;
};

// All of these throw what libpqxx throws; call them inside `session::run`, `database::submit` or
// `transact`.

[[nodiscard]] std::vector<stored_server> load_servers(pqxx::transaction_base& work);
/// Inserts or replaces by id; aliases too. Status, lists and switches stay.
void save_servers(pqxx::transaction_base& work, const std::vector<stored_server>& servers);
/// Sealed values by the id of their key (8 hex digits), see `crypto/secret_box.hpp`.
[[nodiscard]] std::map<std::string, std::uint64_t>
count_sealed_by_key(pqxx::connection& connection);
/// With its status, lists and switches. Calls and its log stay.
void delete_server(pqxx::transaction_base& work, const server_id& server);

void save_switch(pqxx::transaction_base& work, const server_id& server,
                 const model::tool_switch& change);
void delete_switch(pqxx::transaction_base& work, const server_id& server, const std::string& tool);

/// Status, lists and introductions are written by the status writer alone.
void save_status(pqxx::connection& connection, const model::server_status& status);
void save_items(pqxx::connection& connection, const server_id& server, model::list_kind kind,
                const std::vector<model::listed_item>& items);
void save_introduction(pqxx::connection& connection, const server_id& server,
                       const model::server_introduction& introduction);

} // namespace orch::storage
