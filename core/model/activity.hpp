#pragma once

#include "core/ids.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace orch::model {

/// What people did. Tool calls are not among them: those are in the call log.
enum class activity_type : std::uint8_t {
    project_created,
    project_updated,
    project_deleted,
    member_invited,
    member_role_changed,
    member_removed,
    server_created,
    server_updated,
    server_deleted,
    server_toggled,
    api_key_created,
    api_key_updated,
    api_key_deleted,
    user_joined,
    user_updated,
    user_deactivated,
    project_security_updated,
    project_transferred,
    member_left,
    team_created,
    team_updated,
    team_deleted,
    team_transferred,
    team_invited,
    team_removed,
    team_member_joined,
    team_member_role_changed,
    team_member_removed,
    server_restarted,
    server_tested,
    server_refreshed,
    tool_switched,
    api_key_rotated,
    secrets_rotated,
    data_migrated,
    scheduler_updated,
    unknown ///< Written by another version; its own name is kept.
};
enum class severity : std::uint8_t { info, success, warning, error };

[[nodiscard]] std::string_view to_string(activity_type type) noexcept;
[[nodiscard]] std::string_view to_string(severity value) noexcept;
/// `unknown` for any other text.
[[nodiscard]] activity_type parse_activity_type(std::string_view text) noexcept;
[[nodiscard]] severity severity_of(activity_type type) noexcept;

/// One change by somebody, written in the transaction of the change itself.
struct activity {
    /// Version 7; its time is the time of the change.
    uuid id;
    /// Nil for what belongs to no project. Outlives the project.
    project_id project;
    /// Nil for what belongs to no team. Outlives the team.
    team_id team;
    activity_type type = activity_type::project_updated;
    /// `user:<id>`, `local-admin`.
    std::string actor;
    /// As it was at the time.
    std::string actor_name;
    /// project, member, server, tool, api_key, user, team
    std::string target_type;
    std::string target_id;
    std::string target_name;
    /// A JSON object: field → {"from": …, "to": …}; never with a secret.
    std::string changes = "{}";
    std::string ip_address;
};

} // namespace orch::model
