#pragma once

#include "core/ids.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace orch::model {

/// An account. Its password hash stays in the database.
struct user {
    user_id id;
    /// Lower case; unique.
    std::string email;
    std::string name;
    bool is_admin = false;
    bool is_active = true;
    std::chrono::system_clock::time_point created_at;
    std::chrono::system_clock::time_point updated_at;
    std::optional<std::chrono::system_clock::time_point> last_login_at;
};

/// What a member may do in a project, from least to most: each role includes those before it.
enum class role { reporter, developer, owner };
/// How somebody became a member.
enum class invitation { team_member, individual, external };

[[nodiscard]] std::string_view to_string(role value) noexcept;
[[nodiscard]] std::string_view to_string(invitation value) noexcept;
/// Either case.
[[nodiscard]] std::optional<role> parse_role(std::string_view text) noexcept;
[[nodiscard]] std::optional<invitation> parse_invitation(std::string_view text) noexcept;

struct project_member {
    member_id id;
    project_id project;
    user_id user;
    orch::model::role role = orch::model::role::reporter;
    invitation invited_as = invitation::individual;
    /// Nil when the project was created by the member itself, or by the administrator.
    user_id invited_by;
    std::chrono::system_clock::time_point joined_at;
    /// The team that somebody came with; nil for everybody else. Outlives the team.
    team_id team = {};
};

/// People who are invited to projects together.
struct team {
    team_id id;
    std::string name;
    /// Unique, for lists and the command line: `[a-z0-9-]{1,63}`, never shaped like a UUID.
    std::string slug;
    std::string description;
    /// Nil when it was not a user.
    user_id created_by;
    std::chrono::system_clock::time_point created_at;
    std::chrono::system_clock::time_point updated_at;
};

struct team_member {
    member_id id;
    team_id team;
    user_id user;
    orch::model::role role = orch::model::role::reporter;
    /// Nil when the team was made by the member itself, or by the administrator.
    user_id invited_by;
    std::chrono::system_clock::time_point joined_at;
};

/// A signed-in browser: a row for as long as it lives. The token itself is only in the cookie.
struct login {
    /// 32 bytes.
    std::string token_sha256;
    user_id user;
    std::chrono::system_clock::time_point created_at;
    std::chrono::system_clock::time_point last_seen_at;
    std::string ip_address;
    std::string user_agent;
};

} // namespace orch::model
