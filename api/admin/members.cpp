#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/fault_list.hpp"
#include "api/identity/email.hpp"
#include "api/member_rules.hpp"
#include "api/problem.hpp"
#include "api/project_views.hpp"

#include "storage/people_store.hpp"

#include <algorithm>

namespace orch::api {

namespace {

using actors::registry_change;

/// The member that the path names, in the project of the path.
const model::project_member* member_in(const incoming& in, const model::registry& registry) {
    for (const auto* member : registry.members_of(in.project->id)) {
        if (member->id.to_string() == in.path["member"]) {
            return member;
        }
    }
    return nullptr;
}

bool is_last_owner(const model::project_member& member, const model::registry& registry) {
    const auto members = registry.members_of(member.project);
    return member.role == model::role::owner &&
           std::count_if(members.begin(), members.end(),
                         [](const auto* other) { return other->role == model::role::owner; }) == 1;
}

error gone() { return {errc::not_found, "There is no such member."}; }
error last_owner() {
    return {errc::conflict, "The last owner stays: make somebody else an owner first."};
}

activity_target target_of(const model::project_member& member, const model::registry& registry) {
    const auto* user = registry.find_user(member.user);
    return {"member", member.user.to_string(), user != nullptr ? user->name : ""};
}

net::response shown(const incoming& in, const member_id& id, const model::registry& registry,
                    int status) {
    for (const auto* member : registry.members_of(in.project->id)) {
        if (member->id == id) {
            return json_response(to_json(view_of(*member, in.who, registry)), status);
        }
    }
    return problem(gone());
}

} // namespace

void list_members(const context& /*context*/, const incoming_ptr& in) {
    in->exchange->respond(
        json_response(to_json(members_view(in->project->id, in->who, *in->registry))));
}

void invite_member(const context& context, const incoming_ptr& in) {
    const auto wanted = take_body<invite_member_request>(*in);
    if (!wanted) {
        return;
    }
    const auto role = role_of(wanted->role.value_or("developer"));
    const auto invited_as = invitation_of(wanted->invited_as.value_or("individual"));
    auto email = normalise_email(wanted->email);
    fault_list faults;
    if (!role) {
        faults.add("role", role.error());
    }
    if (!invited_as) {
        faults.add("invited_as", invited_as.error());
    }
    if (!email) {
        faults.add("email", email.error());
    }
    if (!faults.empty()) {
        in->exchange->respond(problem(faults.to_error()));
        return;
    }
    model::project_member member{member_id::random(), in->project->id, {}, *role,
                                 *invited_as,         in->who.user,    {}};
    answer_after_change(
        context, in,
        [&context, in, member, email = std::move(*email)](const registry_change& change) {
            const auto* user = change.registry.find_user(email);
            if (user == nullptr) {
                return result<void>{error{errc::not_found, "email: nobody has this address here"}};
            }
            if (change.registry.find_member(member.project, user->id) != nullptr) {
                return result<void>{error{errc::conflict, "email: is a member already"}};
            }
            auto joined = member;
            joined.user = user->id;
            joined.joined_at = change.at;
            storage::insert_member(change.transaction, joined);
            record_activity(context, *in, change, joined.project,
                            model::activity_type::member_invited,
                            target_of(joined, change.registry),
                            change_list{}.text("role", "", model::to_string(joined.role)));
            return result<void>{};
        },
        [in, id = member.id](const model::registry& registry) {
            return shown(*in, id, registry, 201);
        });
}

void update_member(const context& context, const incoming_ptr& in) {
    const auto wanted = read_body<update_member_request>(in->request.body);
    const auto role = wanted ? role_of(wanted->role) : result<model::role>(wanted.error());
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
                storage::update_member_role(change.transaction, member->id, role);
                record_activity(context, *in, change, member->project,
                                model::activity_type::member_role_changed,
                                target_of(*member, change.registry),
                                change_list{}.text("role", model::to_string(member->role),
                                                   model::to_string(role)));
            }
            return result<void>{};
        },
        [in, id = found->id](const model::registry& registry) {
            return shown(*in, id, registry, 200);
        });
}

void remove_member(const context& context, const incoming_ptr& in) {
    if (member_in(*in, *in->registry) == nullptr) {
        in->exchange->respond(problem(gone()));
        return;
    }
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
            storage::delete_member(change.transaction, member->id);
            record_activity(context, *in, change, member->project,
                            model::activity_type::member_removed,
                            target_of(*member, change.registry),
                            change_list{}.text("role", model::to_string(member->role), ""));
            return result<void>{};
        },
        [](const model::registry& /*registry*/) {
            return json_response(to_json(message_view{"The member was removed."}));
        });
}

} // namespace orch::api
