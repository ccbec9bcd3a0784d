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

/// A query of the call log that somebody gave a name.
struct log_view {
    log_view_id id;
    user_id user;
    project_id project;
    std::string name;
    /// Parameters as they stand in an address, without the project.
    std::string query;
    std::chrono::system_clock::time_point created_at;
    std::chrono::system_clock::time_point updated_at;
};

/// Whose views are meant, and where.
struct log_view_owner {
    user_id user;
    project_id project;
};

/// By name, in whatever case.
[[nodiscard]] std::vector<log_view> list_log_views(pqxx::connection& connection,
                                                   const log_view_owner& owner);
/// Nothing for a view of somebody else or of another project.
[[nodiscard]] std::optional<log_view>
find_log_view(pqxx::transaction_base& work, const log_view_owner& owner, const log_view_id& id);
[[nodiscard]] std::optional<log_view>
find_log_view(pqxx::connection& connection, const log_view_owner& owner, const log_view_id& id);
[[nodiscard]] std::int64_t count_log_views(pqxx::transaction_base& work,
                                           const log_view_owner& owner);
/// Inserts it, or changes name, query and time of the one with its id. False when another view of
/// its owner has the name already.
[[nodiscard]] bool save_log_view(pqxx::transaction_base& work, const log_view& saved);
/// False when there is none.
[[nodiscard]] bool delete_log_view(pqxx::transaction_base& work, const log_view_owner& owner,
                                   const log_view_id& id);

} // namespace orch::storage
