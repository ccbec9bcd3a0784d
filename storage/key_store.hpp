#pragma once

#include "core/model/project.hpp"
#include "storage/pqxx_fwd.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace orch::storage {

// All of these throw what libpqxx throws; call them inside `session::run`, `database::submit` or
// a `transact`.

[[nodiscard]] std::vector<model::api_key> load_keys(pqxx::transaction_base& work);
void insert_key(pqxx::transaction_base& work, const model::api_key& key);
/// What may be changed of a key: name, description, expiry, switches, scope and limits.
void update_key(pqxx::transaction_base& work, const model::api_key& key);
void delete_key(pqxx::transaction_base& work, const key_id& key);

/// That a key was used, by whom last.
struct key_use {
    key_id key;
    std::chrono::system_clock::time_point at;
    std::string ip_address;
};
/// One transaction; keys that are gone are no error, and an older use never replaces a newer.
void save_key_uses(pqxx::connection& connection, const std::vector<key_use>& uses);

} // namespace orch::storage
