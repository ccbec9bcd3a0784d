#include "api/project_views.hpp"

#include "api/timestamps.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace orch::api {

namespace {

/// Id and name of an account, which may be gone or never have been.
void name_account(const user_id& id, const model::registry& registry,
                  std::optional<std::string>& shown_id, std::optional<std::string>& shown_name) {
    if (id.is_nil()) {
        return;
    }
    shown_id = id.to_string();
    if (const auto* user = registry.find_user(id)) {
        shown_name = user->name;
    }
}

/// "server_created" as people say it: "server created".
std::string in_words(std::string_view type) {
    std::string out(type);
    std::replace(out.begin(), out.end(), '_', ' ');
    return out;
}

} // namespace

project_view view_of(const model::project& project, const principal& who,
                     const model::registry& registry) {
    project_view view;
    view.id = project.id.to_string();
    view.name = project.name;
    view.display_name = project.display_name;
    view.description = project.description;
    name_account(project.created_by, registry, view.created_by, view.created_by_name);
    view.server_count = registry.servers_of(project.id).size();
    view.member_count = registry.members_of(project.id).size();
    if (const auto* member = registry.find_member(project.id, who.user)) {
        view.user_role = model::to_string(member->role);
    }
    view.unified_mcp_enabled = project.unified_enabled;
    view.retention_days = project.retention_days;
    view.created_at = to_rfc3339(project.created_at);
    view.updated_at = to_rfc3339(project.updated_at);
    return view;
}

member_view view_of(const model::project_member& member, const principal& who,
                    const model::registry& registry) {
    member_view view;
    view.id = member.id.to_string();
    view.user_id = member.user.to_string();
    if (const auto* user = registry.find_user(member.user)) {
        view.user_name = user->name;
        view.user_email = user->email;
    }
    view.role = model::to_string(member.role);
    view.invited_as = model::to_string(member.invited_as);
    name_account(member.invited_by, registry, view.invited_by, view.invited_by_name);
    if (const auto* team = registry.find_team(member.team)) {
        view.team_id = team->id.to_string();
        view.team_name = team->name;
    }
    view.joined_at = to_rfc3339(member.joined_at);
    view.is_current_user = !who.user.is_nil() && who.user == member.user;
    return view;
}

std::vector<member_view> members_view(const project_id& project, const principal& who,
                                      const model::registry& registry) {
    std::vector<member_view> views;
    for (const auto* member : registry.members_of(project)) {
        views.push_back(view_of(*member, who, registry));
    }
    return views;
}

activity_view view_of(const model::activity& activity) {
    activity_view view;
    view.id = activity.id.to_string();
    if (!activity.project.is_nil()) {
        view.project_id = activity.project.to_string();
    }
    view.actor = activity.actor;
    view.user_name = activity.actor_name;
    view.action = model::to_string(activity.type);
    view.severity = model::to_string(model::severity_of(activity.type));
    view.description = fmt::format("{}: {}", in_words(view.action), activity.target_name);
    view.target_type = activity.target_type;
    view.target_id = activity.target_id;
    view.target_name = activity.target_name;
    view.changes.text = activity.changes;
    view.created_at = to_rfc3339(activity.id.timestamp());
    return view;
}

activity_view activity_of(const model::call_record& call) {
    const bool worked = call.status == model::call_status::success;
    activity_view view;
    view.id = call.id.to_string();
    view.project_id = call.project.to_string();
    view.actor = call.caller.principal;
    view.user_name = call.caller.client_name;
    view.action = worked ? "tool_executed" : "tool_failed";
    view.severity = model::to_string(worked ? model::severity::success : model::severity::error);
    view.description = fmt::format("{}: {} of {}", in_words(view.action), call.tool_name,
                                   call.server_name);
    view.target_type = "tool_call";
    view.target_id = view.id;
    view.target_name = call.tool_name;
    view.changes.text = "{}";
    view.created_at = to_rfc3339(call.id.timestamp());
    return view;
}

std::vector<activity_view> views_of(const std::vector<model::activity>& activities) {
    std::vector<activity_view> views;
    views.reserve(activities.size());
    for (const auto& activity : activities) {
        views.push_back(view_of(activity));
    }
    return views;
}

} // namespace orch::api
