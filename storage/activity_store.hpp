#pragma once

#include "core/model/activity.hpp"
#include "storage/pqxx_fwd.hpp"

#include <chrono>
#include <cstdint>
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
    /// Names of types, too; absent for all.
    std::optional<std::vector<std::string>> types_of_severity = std::nullopt;
    /// `user:<id>`; empty for everybody.
    std::string actor = {};
    /// Empty for all.
    std::string target_type = {};
    /// Case-insensitive part of the target's or the actor's name.
    std::string search = {};
    /// Half-open range of the time of the change.
    std::optional<std::chrono::system_clock::time_point> from = std::nullopt;
    std::optional<std::chrono::system_clock::time_point> to = std::nullopt;
    /// Rows strictly older than this one: the keyset cursor.
    std::optional<uuid> before = std::nullopt;
    int limit = 50;
};

/// Newest first.
[[nodiscard]] std::vector<model::activity> list_activities(pqxx::connection& connection,
                                                           const activity_filter& filter);

/// How often something of one type happened.
struct activity_count {
    model::activity_type type = model::activity_type::unknown;
    std::uint64_t total = 0;
    std::uint64_t recent = 0;
};

/// Of one project, a row for each type that happened; `recent` counts from `since` on.
[[nodiscard]] std::vector<activity_count>
count_activities(pqxx::connection& connection, const project_id& project,
                 std::chrono::system_clock::time_point since);

} // namespace orch::storage
