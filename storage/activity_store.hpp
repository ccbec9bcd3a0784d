#pragma once

#include "core/model/activity.hpp"
#include "storage/pqxx_fwd.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace orch::storage {

// All of these throw what libpqxx throws; call them inside `session::run`, `database::submit` or
// `transact`.

/// In the transaction of the change that it tells of.
void insert_activity(pqxx::transaction_base& work, const model::activity& activity);

struct activity_filter {
    /// Absent for the feed of all projects and of what belongs to none.
    std::optional<project_id> project = std::nullopt;
    /// Absent for the feed of all teams and of what belongs to none.
    std::optional<team_id> team = std::nullopt;
    /// Names of types; empty for all.
    std::vector<std::string> types = {};
    /// Rows strictly older than this one: the keyset cursor.
    std::optional<uuid> before = std::nullopt;
    int limit = 50;
};

/// Newest first.
[[nodiscard]] std::vector<model::activity> list_activities(pqxx::connection& connection,
                                                           const activity_filter& filter);

} // namespace orch::storage
