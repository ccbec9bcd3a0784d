#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/identity/email.hpp"
#include "api/member_rules.hpp"
#include "api/project_types.hpp"
#include "api/team_types.hpp"
#include "api/timestamps.hpp"

#include "storage/team_store.hpp"

#include <algorithm>

namespace orch::api {

namespace {

using actors::registry_change;

error gone() { return {errc::not_found, "There is no such member."}; }
error last_owner() {
    return {errc::conflict, "The last owner stays: make somebody else an owner first."};
}

/// The member that the path names by the id of the user.
const model::team_member* member_in(const incoming& in, const model::registry& registry) {
    const auto user = user_id::parse(in.path["user"]);
    return user ? registry.find_member(in.team->id, *user) : nullptr;
}

bool is_last_owner(const model::team_member& member, const model::registry& registry) {
    const auto members = registry.members_of(member.team);
    return member.role == model::role::owner &&
           std::count_if(members.begin(), members.end(),
                         [](const auto* other) { return other->role == model::role::owner; }) == 1;
}

activity_target target_of(const model::team_member& member, const model::registry& registry) {
    const auto* user = registry.find_user(member.user);
    return {"member", member.user.to_string(), user != nullptr ? user->name : "", member.team};
}

team_member_view view_of(const model::team_member& member, const principal& who,
                         const model::registry& registry) {
    team_member_view view;
    view.id = member.id.to_string();
    view.user_id = member.user.to_string();
    if (const auto* user = registry.find_user(member.user)) {
        view.name = user->name;
        view.email = user->email;
    }
    view.role = model::to_string(member.role);
    view.joined_at = to_rfc3339(member.joined_at);
    view.is_current_user = !who.user.is_nil() && who.user == member.user;
    return view;
}

net::response shown(const incoming& in, const user_id& user, const model::registry& registry,
                    int status) {
    const auto* member = registry.find_member(in.team->id, user);
    return member != nullptr ? json_response(to_json(view_of(*member, in.who, registry)), status)
                             : problem(gone());
}

} // namespace

void list_team_members(const context& /*context*/, const incoming_ptr& in) {
    std::vector<team_member_view> views;
    for (const auto* member : in->registry->members_of(in->team->id)) {
        views.push_back(view_of(*member, in->who, *in->registry));
    }
    in->exchange->respond(json_response(to_json(views)));
}

void invite_to_team(const context& context, const incoming_ptr& in) {
    const auto wanted = take_body<invite_to_team_request>(*in);
    if (!wanted) {
        return;
    }
    const auto role = role_of(wanted->role.value_or("developer"));
    const auto email = normalise_email(wanted->email);
    fault_list faults;
    if (!email) {
        faults.add("email", email.error());
    }
    if (!role) {
        faults.add("role", role.error());
    }
    const auto* user = email ? in->registry->find_user(*email) : nullptr;
    if (!faults.empty() || user == nullptr) {
        in->exchange->respond(
            problem(faults.empty() ? error{errc::not_found, "email: nobody has this address here"}
                                   : faults.to_error()));
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, role = *role, user = user->id](const registry_change& change) {
            if (change.registry.find_team(in->team->id) == nullptr) {
                return result<void>{gone()};
            }
            if (change.registry.find_member(in->team->id, user) != nullptr) {
                return result<void>{error{errc::conflict, "email: is a member already"}};
            }
            const model::team_member member{member_id::random(), in->team->id, user, role,
                                            in->who.user,        change.at};
            storage::insert_team_member(change.transaction, member);
            record_activity(context, *in, change, {}, model::activity_type::team_member_joined,
                            target_of(member, change.registry),
                            change_list{}.text("role", "", model::to_string(role)));
            return result<void>{};
        },
        [in, user = user->id](const model::registry& registry) {
            return shown(*in, user, registry, 201);
        });
}

void update_team_member(const context& context, const incoming_ptr& in) {
    const auto wanted = take_body<update_member_request>(*in);
    if (!wanted) {
        return;
    }
    const auto role = role_of(wanted->role);
    const auto* found = member_in(*in, *in->registry);
    if (!role || found == nullptr) {
        in->exchange->respond(problem(found == nullptr ? gone() : role.error()));
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, role = *role](const registry_change& change) {
            const auto* member = member_in(*in, change.registry);
            if (member == nullptr) {
                return result<void>{gone()};
            }
            if (role != model::role::owner && is_last_owner(*member, change.registry)) {
                return result<void>{last_owner()};
            }
            if (role != member->role) {
                storage::update_team_member_role(change.transaction, member->id, role);
                record_activity(context, *in, change, {},
                                model::activity_type::team_member_role_changed,
                                target_of(*member, change.registry),
                                change_list{}.text("role", model::to_string(member->role),
                                                   model::to_string(role)));
            }
            return result<void>{};
        },
        [in, user = found->user](const model::registry& registry) {
            return shown(*in, user, registry, 200);
        });
}

void remove_team_member(const context& context, const incoming_ptr& in) {
    answer_after_change(
        context, in,
        [&context, in](const registry_change& change) {
            const auto* member = member_in(*in, change.registry);
            if (member == nullptr) {
                return result<void>{gone()};
            }
            if (is_last_owner(*member, change.registry)) {
                return result<void>{last_owner()};
            }
            storage::delete_team_member(change.transaction, member->id);
            record_activity(context, *in, change, {}, model::activity_type::team_member_removed,
                            target_of(*member, change.registry));
            return result<void>{};
        },
        [](const model::registry& /*registry*/) {
            return json_response(to_json(message_view{"The member was removed from the team."}));
        });
}

} // namespace orch::api
