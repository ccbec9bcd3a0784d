#include "api/migration/planner.hpp"
#include "api/project_rules.hpp"

#include <boost/json/array.hpp>

#include <fmt/format.h>

#include <algorithm>

// Projects, their members, and what people marked in them.

namespace orch::api::migration {

namespace {

constexpr auto projects = "projects";
constexpr auto project_members = "project_members";
constexpr auto favourites = "user_favorites";

} // namespace

void planner::take_projects() {
    for (const auto& project : present_.projects()) {
        slugs_.insert(project.name);
        slugs_.insert(project.aliases.begin(), project.aliases.end());
    }
    each(projects, [this](const original_row& row) { return take_project(row); });
}

std::vector<ip_range> planner::ranges_of(const original_row& row) {
    std::vector<ip_range> ranges;
    const auto given = row.json("allowed_ip_ranges");
    if (!given.is_array()) {
        return ranges;
    }
    for (const auto& one : given.get_array()) {
        const auto range = one.is_string() ? ip_range::parse(one.get_string())
                                           : result<ip_range>(error{});
        if (range) {
            ranges.push_back(*range);
        } else {
            note(projects, row, "an allowed range of addresses is none and was left out");
        }
    }
    return ranges;
}

planner::fate planner::take_project(const original_row& row) {
    const auto id = row.id();
    if (id.is_nil()) {
        return leave_out(projects, row, "it has no id");
    }
    projects_.insert(id);
    if (present_.find_project(project_id{id}) != nullptr) {
        return fate::already_here;
    }
    model::project made;
    made.id = project_id{id};
    made.display_name = row.text("name");
    made.name = free_slug(made.display_name,
                          [this](const std::string& slug) { return !slugs_.contains(slug); });
    slugs_.insert(made.name);
    made.description = row.text("description");
    made.created_by = user_of(row, "created_by");
    made.unified_enabled = row.flag("unified_mcp_enabled", true);
    made.auth_required = row.flag("jwt_auth_required", true);
    made.allowed_ip_ranges = ranges_of(row);
    made.created_at = when(row, "created_at");
    made.updated_at = when(row, "updated_at");
    plan_.projects.push_back(std::move(made));
    return fate::added;
}

void planner::take_project_members() {
    each(project_members, [this](const original_row& row) { return take_project_member(row); });
}

planner::fate planner::take_project_member(const original_row& row) {
    const auto project = project_of(row);
    const auto user = user_of(row, "user_id");
    if (project.is_nil() || user.is_nil()) {
        return leave_out(project_members, row, "the account or the project does not come");
    }
    if (present_.find_member(project, user) != nullptr) {
        return fate::already_here;
    }
    const auto role = role_of(project_members, row);
    if (!members_.insert({project.value, user.value}).second) {
        // The source does not keep one from being a member twice: the higher role counts.
        const auto first = std::find_if(
            plan_.project_members.begin(), plan_.project_members.end(),
            [&](const auto& one) { return one.project == project && one.user == user; });
        first->role = std::max(first->role, role);
        return leave_out(project_members, row, "it is there twice; the higher role counts");
    }
    const auto invited_as = model::parse_invitation(row.text("invited_as"));
    const auto inviter = user_of(row, "invited_by");
    model::project_member made{member_id{row.id()},
                               project,
                               user,
                               role,
                               invited_as.value_or(model::invitation::external),
                               inviter,
                               when(row, "joined_at")};
    if (made.invited_as == model::invitation::team_member) {
        made.team = common_team(user, inviter);
    }
    plan_.project_members.push_back(std::move(made));
    return fate::added;
}

void planner::take_favourites() {
    each(favourites, [this](const original_row& row) { return take_favourite(row); });
}

planner::fate planner::take_favourite(const original_row& row) {
    const auto kind = row.text("favorite_type");
    const auto project = project_of(row);
    const auto user = user_of(row, "user_id");
    const bool is_known = kind == "server" || kind == "tool" || kind == "project";
    if (project.is_nil() || user.is_nil() || !is_known) {
        return leave_out(favourites, row, "the account, the project or the kind does not come");
    }
    if (present_.find_project(project) != nullptr) {
        return fate::already_here;
    }
    plan_.favourites.push_back({favourite_id{row.id()}, user, project, kind, row.text("target_id"),
                                row.text("target_name"), when(row, "created_at")});
    return fate::added;
}

} // namespace orch::api::migration
