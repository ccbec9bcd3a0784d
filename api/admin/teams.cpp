#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/project_rules.hpp"
#include "api/team_types.hpp"
#include "api/text_rules.hpp"
#include "api/timestamps.hpp"

#include "storage/team_store.hpp"

#include <algorithm>

namespace orch::api {

namespace {

using actors::registry_change;

error gone() { return {errc::not_found, "The team is gone."}; }

activity_target target_of(const model::team& team) {
    return {"team", team.id.to_string(), team.name, team.id};
}

team_view view_of(const model::team& team, const principal& who, const model::registry& registry) {
    team_view view;
    view.id = team.id.to_string();
    view.name = team.name;
    view.slug = team.slug;
    view.description = team.description;
    view.member_count = registry.members_of(team.id).size();
    if (const auto* member = registry.find_member(team.id, who.user)) {
        view.user_role = model::to_string(member->role);
    }
    view.created_at = to_rfc3339(team.created_at);
    view.updated_at = to_rfc3339(team.updated_at);
    return view;
}

result<void> check_texts(const model::team& team) {
    fault_list faults;
    check_line("name", team.name, {255, 1}, faults);
    check_block("description", team.description, {500}, faults);
    return faults.outcome();
}

net::response shown(const team_id& id, const incoming& in, const model::registry& registry,
                    int status) {
    const auto* team = registry.find_team(id);
    return team != nullptr ? json_response(to_json(view_of(*team, in.who, registry)), status)
                           : problem(gone());
}

bool came_with(const model::project_member& member, const team_id& team) {
    return member.team == team;
}

} // namespace

void list_teams(const context& /*context*/, const incoming_ptr& in) {
    std::vector<team_view> views;
    for (const auto& team : in->registry->teams()) {
        if (decide(in->who, permission::read_team, nullptr, *in->registry, &team).allowed()) {
            views.push_back(view_of(team, in->who, *in->registry));
        }
    }
    in->exchange->respond(json_response(to_json(views)));
}

void show_team(const context& /*context*/, const incoming_ptr& in) {
    in->exchange->respond(shown(in->team->id, *in, *in->registry, 200));
}

void create_team(const context& context, const incoming_ptr& in) {
    auto wanted = take_body<create_team_request>(*in);
    if (!wanted) {
        return;
    }
    model::team team;
    team.id = team_id::random();
    team.name = std::move(wanted->name);
    team.description = wanted->description.value_or("");
    team.created_by = in->who.user;
    if (const auto checked = check_texts(team); !checked) {
        in->exchange->respond(problem(checked.error()));
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, team](const registry_change& change) {
            auto made = team;
            made.slug = free_slug(team.name, [&](const std::string& slug) {
                return change.registry.find_team(slug) == nullptr;
            });
            made.created_at = made.updated_at = change.at;
            storage::insert_team(change.transaction, made);
            if (!in->who.user.is_nil()) {
                storage::insert_team_member(change.transaction, {member_id::random(),
                                                                 made.id,
                                                                 in->who.user,
                                                                 model::role::owner,
                                                                 {},
                                                                 change.at});
            }
            record_activity(context, *in, change, {}, model::activity_type::team_created,
                            target_of(made));
            return result<void>{};
        },
        [in, id = team.id](const model::registry& registry) {
            return shown(id, *in, registry, 201);
        });
}

void update_team(const context& context, const incoming_ptr& in) {
    auto wanted = take_body<update_team_request>(*in);
    if (!wanted) {
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, wanted = std::move(*wanted)](const registry_change& change) {
            const auto* now = change.registry.find_team(in->team->id);
            if (now == nullptr) {
                return result<void>{gone()};
            }
            auto team = *now;
            team.name = wanted.name.value_or(team.name);
            team.description = wanted.description.value_or(team.description);
            if (auto checked = check_texts(team); !checked) {
                return checked;
            }
            change_list changes;
            changes.text("name", now->name, team.name)
                .text("description", now->description, team.description);
            if (!changes.empty()) {
                team.updated_at = change.at;
                storage::update_team(change.transaction, team);
                record_activity(context, *in, change, {}, model::activity_type::team_updated,
                                target_of(team), changes);
            }
            return result<void>{};
        },
        [in](const model::registry& registry) { return shown(in->team->id, *in, registry, 200); });
}

void delete_team(const context& context, const incoming_ptr& in) {
    answer_after_change(
        context, in,
        [&context, in](const registry_change& change) {
            const auto* team = change.registry.find_team(in->team->id);
            if (team == nullptr) {
                return result<void>{gone()};
            }
            const auto& members = change.registry.members();
            if (std::any_of(members.begin(), members.end(),
                            [&](const auto& member) { return came_with(member, team->id); })) {
                return result<void>{
                    error{errc::conflict,
                          "People are in projects with this team: remove it there first."}};
            }
            record_activity(context, *in, change, {}, model::activity_type::team_deleted,
                            target_of(*team));
            storage::delete_team(change.transaction, team->id);
            return result<void>{};
        },
        [](const model::registry& /*registry*/) {
            return json_response(to_json(message_view{"The team was deleted."}));
        });
}

void list_team_projects(const context& /*context*/, const incoming_ptr& in) {
    std::vector<team_project_view> views;
    for (const auto& project : in->registry->projects()) {
        const auto members = in->registry->members_of(project.id);
        const bool takes_part = std::any_of(
            members.begin(), members.end(),
            [&](const auto* member) { return came_with(*member, in->team->id); });
        if (!takes_part ||
            !decide(in->who, permission::read_project, &project, *in->registry).allowed()) {
            continue;
        }
        team_project_view view;
        view.id = project.id.to_string();
        view.name = project.name;
        view.description = project.description;
        view.member_count = members.size();
        view.server_count = in->registry->servers_of(project.id).size();
        if (const auto* own = in->registry->find_member(project.id, in->who.user)) {
            view.user_role = model::to_string(own->role);
            view.invited_as = model::to_string(own->invited_as);
        }
        view.created_at = to_rfc3339(project.created_at);
        views.push_back(std::move(view));
    }
    in->exchange->respond(json_response(to_json(views)));
}

} // namespace orch::api
