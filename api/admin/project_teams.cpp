#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/member_rules.hpp"
#include "api/team_types.hpp"

#include "storage/people_store.hpp"

#include <fmt/format.h>

#include <algorithm>

// Whole teams come to a project and leave it.

namespace orch::api {

namespace {

using actors::registry_change;

/// Who may be asked to bring a team: those who can see it.
bool may_see(const incoming& in, const model::team& team, const model::registry& registry) {
    return decide(in.who, permission::read_team, nullptr, registry, &team).allowed();
}

error no_team() {
    return {errc::invalid_argument,
            "team_id: no team of yours",
            {{"team_id", "team_id: no team of yours"}}};
}

/// Adds everybody of the team who is not in the project yet.
invited_team_view join(const incoming& in, const registry_change& change, const model::team& team,
                       model::role role) {
    invited_team_view view;
    view.team_id = team.id.to_string();
    view.team_name = team.name;
    for (const auto* member : change.registry.members_of(team.id)) {
        const auto* user = change.registry.find_user(member->user);
        const std::string name = user != nullptr ? user->name : member->user.to_string();
        if (change.registry.find_member(in.project->id, member->user) != nullptr) {
            view.skipped_members.push_back(name);
            continue;
        }
        storage::insert_member(change.transaction,
                               {member_id::random(), in.project->id, member->user, role,
                                model::invitation::team_member, in.who.user, change.at, team.id});
        view.added_members.push_back(name);
    }
    view.total_invited = view.added_members.size();
    view.message = fmt::format("{} joined, {} were there already.", view.added_members.size(),
                               view.skipped_members.size());
    return view;
}

} // namespace

void list_available_teams(const context& /*context*/, const incoming_ptr& in) {
    std::vector<available_team_view> views;
    for (const auto& team : in->registry->teams()) {
        if (!may_see(*in, team, *in->registry)) {
            continue;
        }
        const auto members = in->registry->members_of(team.id);
        const auto inside = static_cast<std::size_t>(
            std::count_if(members.begin(), members.end(), [&](const auto* member) {
                return in->registry->find_member(in->project->id, member->user) != nullptr;
            }));
        if (inside < members.size()) {
            views.push_back(
                {team.id.to_string(), team.name, team.description, members.size(), inside, true});
        }
    }
    in->exchange->respond(json_response(to_json(views)));
}

void invite_team(const context& context, const incoming_ptr& in) {
    const auto wanted = take_body<invite_team_request>(*in);
    if (!wanted) {
        return;
    }
    const auto role = role_of(wanted->role.value_or("developer"));
    const auto* team = in->registry->find_team(wanted->team_id);
    if (!role || team == nullptr || !may_see(*in, *team, *in->registry)) {
        in->exchange->respond(problem(!role ? role.error() : no_team()));
        return;
    }
    const auto view = std::make_shared<invited_team_view>();
    answer_after_change(
        context, in,
        [&context, in, view, role = *role, id = team->id](const registry_change& change) {
            const auto* now = change.registry.find_team(id);
            if (now == nullptr || change.registry.find_project(in->project->id) == nullptr) {
                return result<void>{no_team()};
            }
            *view = join(*in, change, *now, role);
            record_activity(
                context, *in, change, in->project->id, model::activity_type::team_invited,
                {"team", now->id.to_string(), now->name, now->id},
                change_list{}
                    .text("role", "", model::to_string(role))
                    .number("members", 0, static_cast<std::int64_t>(view->total_invited)));
            return result<void>{};
        },
        [view](const model::registry& /*registry*/) { return json_response(to_json(*view), 201); });
}

void remove_team(const context& context, const incoming_ptr& in) {
    answer_after_change(
        context, in,
        [&context, in](const registry_change& change) {
            std::vector<const model::project_member*> leaving;
            for (const auto* member : change.registry.members_of(in->project->id)) {
                if (member->team == in->team->id) {
                    leaving.push_back(member);
                }
            }
            if (leaving.empty()) {
                return result<void>{
                    error{errc::not_found, "Nobody is in the project with this team."}};
            }
            if (std::any_of(leaving.begin(), leaving.end(), [](const auto* member) {
                    return member->role == model::role::owner;
                })) {
                return result<void>{
                    error{errc::conflict, "Owners came with this team: change their role first."}};
            }
            for (const auto* member : leaving) {
                storage::delete_member(change.transaction, member->id);
            }
            record_activity(
                context, *in, change, in->project->id, model::activity_type::team_removed,
                {"team", in->team->id.to_string(), in->team->name, in->team->id},
                change_list{}.number("members", static_cast<std::int64_t>(leaving.size()), 0));
            return result<void>{};
        },
        [](const model::registry& /*registry*/) {
            return json_response(to_json(message_view{"The team left the project."}));
        });
}

} // namespace orch::api
