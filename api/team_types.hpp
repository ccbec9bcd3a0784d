#pragma once

#include "api/described_json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Bodies about teams, and about teams in projects.

namespace orch::api {

struct team_view {
    std::string id;
    std::string name;
    std::string slug;
    std::string description;
    std::uint64_t member_count = 0;
    /// Of the one who asks; absent for the administrator.
    std::optional<std::string> user_role;
    std::string created_at;
    std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(team_view, (),
                      (id, name, slug, description, member_count, user_role, created_at,
                       updated_at))

struct team_member_view {
    std::string id;
    std::string user_id;
    std::string name;
    std::string email;
    std::string role;
    std::string joined_at;
    bool is_current_user = false;
};
BOOST_DESCRIBE_STRUCT(team_member_view, (),
                      (id, user_id, name, email, role, joined_at, is_current_user))

/// A project that members of the team came to with it.
struct team_project_view {
    std::string id;
    std::string name;
    std::string description;
    std::uint64_t member_count = 0;
    std::uint64_t server_count = 0;
    /// Of the one who asks.
    std::optional<std::string> user_role;
    std::optional<std::string> invited_as;
    std::string created_at;
};
BOOST_DESCRIBE_STRUCT(team_project_view, (),
                      (id, name, description, member_count, server_count, user_role, invited_as,
                       created_at))

struct create_team_request {
    std::string name;
    std::optional<std::string> description;
};
BOOST_DESCRIBE_STRUCT(create_team_request, (), (name, description))

struct update_team_request {
    std::optional<std::string> name;
    std::optional<std::string> description;
};
BOOST_DESCRIBE_STRUCT(update_team_request, (), (name, description))

struct invite_to_team_request {
    std::string email;
    std::optional<std::string> role;
};
BOOST_DESCRIBE_STRUCT(invite_to_team_request, (), (email, role))

struct available_team_view {
    std::string id;
    std::string name;
    std::string description;
    std::uint64_t total_members = 0;
    std::uint64_t participating_members = 0;
    bool can_invite = true;
};
BOOST_DESCRIBE_STRUCT(available_team_view, (),
                      (id, name, description, total_members, participating_members, can_invite))

struct invite_team_request {
    /// Id or slug.
    std::string team_id;
    std::optional<std::string> role;
};
BOOST_DESCRIBE_STRUCT(invite_team_request, (), (team_id, role))

struct invited_team_view {
    std::string team_id;
    std::string team_name;
    /// Names of people.
    std::vector<std::string> added_members;
    /// Those who were members already.
    std::vector<std::string> skipped_members;
    std::uint64_t total_invited = 0;
    bool success = true;
    std::string message;
};
BOOST_DESCRIBE_STRUCT(invited_team_view, (),
                      (team_id, team_name, added_members, skipped_members, total_invited, success,
                       message))

} // namespace orch::api
