#include "api/admin/handlers.hpp"
#include "api/paging.hpp"
#include "api/problem.hpp"
#include "api/tenant_types.hpp"
#include "api/timestamps.hpp"
#include "core/ascii.hpp"

#include <algorithm>
#include <array>

// All projects and all teams, page by page, for administrators.

namespace orch::api {

namespace {

bool mentions(std::string_view text, const std::string& lowered) {
    return ascii_lowered(text).find(lowered) != std::string::npos;
}

/// Those of `all` that the parameter `search` finds by one of their texts.
template <class T, class Texts>
std::vector<const T*> found_in(const std::vector<T>& all, const net::request& request,
                               Texts texts) {
    const auto search = ascii_lowered(request.query_value("search").value_or(""));
    std::vector<const T*> found;
    for (const auto& one : all) {
        const auto its = texts(one);
        if (std::any_of(its.begin(), its.end(),
                        [&](std::string_view text) { return mentions(text, search); })) {
            found.push_back(&one);
        }
    }
    return found;
}

/// The first owner; null when it has none.
template <class Members>
const model::user* owner_among(const Members& members, const model::registry& registry) {
    const auto owner = std::find_if(members.begin(), members.end(), [](const auto* member) {
        return member->role == model::role::owner;
    });
    return owner != members.end() ? registry.find_user((*owner)->user) : nullptr;
}

template <class View>
void name_owner(const model::user* owner, View& view) {
    if (owner != nullptr) {
        view.owner_name = owner->name;
        view.owner_email = owner->email;
    }
}

admin_project_view view_of(const model::project& project, const model::registry& registry) {
    const auto members = registry.members_of(project.id);
    const auto& keys = registry.keys();
    admin_project_view view;
    view.id = project.id.to_string();
    view.name = project.name;
    view.display_name = project.display_name;
    view.description = project.description;
    view.auth_required = project.auth_required;
    view.member_count = members.size();
    view.server_count = registry.servers_of(project.id).size();
    view.api_key_count = static_cast<std::uint64_t>(std::count_if(
        keys.begin(), keys.end(), [&](const auto& key) { return key.project == project.id; }));
    name_owner(owner_among(members, registry), view);
    view.created_at = to_rfc3339(project.created_at);
    view.updated_at = to_rfc3339(project.updated_at);
    return view;
}

admin_team_view view_of(const model::team& team, const model::registry& registry) {
    const auto members = registry.members_of(team.id);
    admin_team_view view;
    view.id = team.id.to_string();
    view.name = team.name;
    view.slug = team.slug;
    view.description = team.description;
    view.member_count = members.size();
    for (const auto& project : registry.projects()) {
        const auto people = registry.members_of(project.id);
        view.project_count += std::any_of(people.begin(), people.end(),
                                          [&](const auto* one) { return one->team == team.id; })
                                  ? 1
                                  : 0;
    }
    name_owner(owner_among(members, registry), view);
    view.created_at = to_rfc3339(team.created_at);
    view.updated_at = to_rfc3339(team.updated_at);
    return view;
}

/// Views of the part of `found` that the query asks for; answers by itself when it asks wrongly.
template <class Page, class T, class Views>
void answer_with_page(const incoming& in, const std::vector<const T*>& found, Views Page::*views) {
    const auto page = read_page(in.request);
    if (!page) {
        in.exchange->respond(problem(page.error()));
        return;
    }
    Page view;
    view.total = found.size();
    view.page = page->page;
    view.per_page = page->per_page;
    for (auto i = page->begin(found.size()); i < page->end(found.size()); ++i) {
        (view.*views).push_back(view_of(*found[i], *in.registry));
    }
    in.exchange->respond(json_response(to_json(view)));
}

} // namespace

void list_all_projects(const context& /*context*/, const incoming_ptr& in) {
    const auto found = found_in(in->registry->projects(), in->request, [](const auto& project) {
        return std::array<std::string_view, 3>{project.name, project.display_name,
                                               project.description};
    });
    answer_with_page(*in, found, &admin_project_page_view::projects);
}

void list_all_teams(const context& /*context*/, const incoming_ptr& in) {
    const auto found = found_in(in->registry->teams(), in->request, [](const auto& team) {
        return std::array<std::string_view, 3>{team.name, team.slug, team.description};
    });
    answer_with_page(*in, found, &admin_team_page_view::teams);
}

} // namespace orch::api
