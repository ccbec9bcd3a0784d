#pragma once

#include "api/described_json.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

// Bodies about projects, their members and what happened in them.

namespace orch::api {

struct project_view {
    std::string id;
    std::string name;
    std::string display_name;
    std::string description;
    std::optional<std::string> created_by;
    std::optional<std::string> created_by_name;
    std::uint64_t server_count = 0;
    std::uint64_t member_count = 0;
    /// Of the one who asks; absent for keys and the administrator.
    std::optional<std::string> user_role;
    bool unified_mcp_enabled = true;
    int retention_days = 30;
    std::string created_at;
    std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(project_view, (),
                      (id, name, display_name, description, created_by, created_by_name,
                       server_count, member_count, user_role, unified_mcp_enabled, retention_days,
                       created_at, updated_at))

struct member_view {
    std::string id;
    std::string user_id;
    std::string user_name;
    std::string user_email;
    std::string role;
    std::string invited_as;
    std::optional<std::string> invited_by;
    std::optional<std::string> invited_by_name;
    /// The team that somebody came with.
    std::optional<std::string> team_id;
    std::optional<std::string> team_name;
    std::string joined_at;
    bool is_current_user = false;
};
BOOST_DESCRIBE_STRUCT(member_view, (),
                      (id, user_id, user_name, user_email, role, invited_as, invited_by,
                       invited_by_name, team_id, team_name, joined_at, is_current_user))

struct activity_view {
    std::string id;
    std::optional<std::string> project_id;
    /// `user:<id>` or `local-admin`.
    std::string actor;
    std::string user_name;
    std::string action;
    std::string severity;
    std::string description;
    std::string target_type;
    std::string target_id;
    std::string target_name;
    raw_json changes;
    std::string created_at;
};
BOOST_DESCRIBE_STRUCT(activity_view, (),
                      (id, project_id, actor, user_name, action, severity, description, target_type,
                       target_id, target_name, changes, created_at))

struct activity_page_view {
    std::vector<activity_view> activities;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(activity_page_view, (), (activities, next_cursor))

struct activity_summary_view {
    std::uint64_t total_activities = 0;
    /// Of the last 24 hours.
    std::uint64_t today_activities = 0;
    std::map<std::string, std::uint64_t> severity_breakdown;
    std::map<std::string, std::uint64_t> action_breakdown;
    std::string project_id;
    std::string generated_at;
};
BOOST_DESCRIBE_STRUCT(activity_summary_view, (),
                      (total_activities, today_activities, severity_breakdown, action_breakdown,
                       project_id, generated_at))

struct favourite_view {
    std::string id;
    /// server, tool or project
    std::string favorite_type;
    std::string target_id;
    std::string target_name;
    std::string created_at;
};
BOOST_DESCRIBE_STRUCT(favourite_view, (), (id, favorite_type, target_id, target_name, created_at))

struct add_favourite_request {
    std::string favorite_type;
    std::string target_id;
    std::string target_name;
};
BOOST_DESCRIBE_STRUCT(add_favourite_request, (), (favorite_type, target_id, target_name))

/// A project as its own page shows it; nothing of it asks a server.
struct project_detail : project_view {
    /// What clients reach the orchestrator by, where it was configured.
    std::optional<std::string> public_url;
    /// Whether the one who asks may say here what a stdio server runs.
    bool may_set_commands = false;
    std::vector<member_view> members;
    std::vector<activity_view> recent_activity;
};
BOOST_DESCRIBE_STRUCT(project_detail, (project_view),
                      (public_url, may_set_commands, members, recent_activity))

struct create_project_request {
    /// A slug, or a name for people that a slug is made of.
    std::string name;
    std::optional<std::string> display_name;
    std::optional<std::string> description;
};
BOOST_DESCRIBE_STRUCT(create_project_request, (), (name, display_name, description))

struct update_project_request {
    /// A slug; the old one goes on leading here.
    std::optional<std::string> name;
    std::optional<std::string> display_name;
    std::optional<std::string> description;
    std::optional<bool> unified_mcp_enabled;
    std::optional<std::int64_t> retention_days;
};
BOOST_DESCRIBE_STRUCT(update_project_request, (),
                      (name, display_name, description, unified_mcp_enabled, retention_days))

struct security_view {
    /// Whether the MCP endpoints take a key; a server may say otherwise for itself.
    bool jwt_auth_required = true;
    /// Empty for anywhere.
    std::vector<std::string> allowed_ip_ranges;
    bool unified_mcp_enabled = true;
    /// always, on_collision or never
    std::string naming_mode;
};
BOOST_DESCRIBE_STRUCT(security_view, (),
                      (jwt_auth_required, allowed_ip_ranges, unified_mcp_enabled, naming_mode))

struct update_security_request {
    std::optional<bool> jwt_auth_required;
    std::optional<std::vector<std::string>> allowed_ip_ranges;
    std::optional<bool> unified_mcp_enabled;
    std::optional<std::string> naming_mode;
};
BOOST_DESCRIBE_STRUCT(update_security_request, (),
                      (jwt_auth_required, allowed_ip_ranges, unified_mcp_enabled, naming_mode))

struct permission_view {
    std::string permission;
    /// allowed, hidden (404) or forbidden (403)
    std::string outcome;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(permission_view, (), (permission, outcome, reason))

/// Whether a principal may call one tool, and why.
struct tool_verdict_view {
    std::string server_name;
    std::string tool_name;
    /// allowed, hidden (404) or forbidden (403)
    std::string outcome;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(tool_verdict_view, (), (server_name, tool_name, outcome, reason))

/// What a principal may do in a project, and why.
struct explanation_view {
    std::string principal;
    std::vector<permission_view> permissions;
    /// Only where a tool was asked about.
    std::optional<tool_verdict_view> tool;
};
BOOST_DESCRIBE_STRUCT(explanation_view, (), (principal, permissions, tool))

struct invite_member_request {
    std::string email;
    std::optional<std::string> role;
    std::optional<std::string> invited_as;
};
BOOST_DESCRIBE_STRUCT(invite_member_request, (), (email, role, invited_as))

struct transfer_request {
    /// Of a member; administrators may name any account.
    std::string new_owner_email;
};
BOOST_DESCRIBE_STRUCT(transfer_request, (), (new_owner_email))

struct update_member_request {
    std::string role;
};
BOOST_DESCRIBE_STRUCT(update_member_request, (), (role))

} // namespace orch::api
