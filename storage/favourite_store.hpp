#pragma once

#include "core/ids.hpp"
#include "storage/pqxx_fwd.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace orch::storage {

// All of these throw what libpqxx throws; call them inside `session::run`, `database::submit` or
// `transact`.

/// What somebody wants to find again in a project.
struct favourite {
    favourite_id id;
    user_id user;
    project_id project;
    /// server, tool or project
    std::string kind;
    std::string target_id;
    std::string target_name;
    std::chrono::system_clock::time_point created_at;
};

/// Of one person in one project, oldest first; `kind` empty for all.
[[nodiscard]] std::vector<favourite> list_favourites(pqxx::connection& connection,
                                                     const user_id& user, const project_id& project,
                                                     const std::string& kind);
/// Of one person in all projects.
[[nodiscard]] std::int64_t count_favourites(pqxx::transaction_base& work, const user_id& user);
/// False when the same target is a favourite already.
[[nodiscard]] bool insert_favourite(pqxx::transaction_base& work, const favourite& added);

/// Whose favourite goes, and which: the one with `id`, or else the one for the target.
struct favourite_choice {
    user_id user;
    project_id project;
    std::optional<favourite_id> id = std::nullopt;
    std::string kind = {};
    std::string target_id = {};
};
/// False when there is none.
[[nodiscard]] bool delete_favourite(pqxx::transaction_base& work, const favourite_choice& which);

} // namespace orch::storage
