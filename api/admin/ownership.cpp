#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/identity/email.hpp"
#include "api/project_types.hpp"

#include "storage/people_store.hpp"
#include "storage/team_store.hpp"

#include <algorithm>

// Projects and teams change hands, and people leave them by themselves. Either always keeps an
// owner.

namespace orch::api {

namespace {

using actors::registry_change;
using model::role;
using transaction = pqxx::transaction_base;

/// What differs between projects and teams.
struct of_project {
    using member = model::project_member;
    static constexpr auto transferred = model::activity_type::project_transferred;

    static project_id id(const incoming& in) { return in.project->id; }
    static activity_target target(const incoming& in) {
        return {"project", in.project->id.to_string(), in.project->name};
    }
    static project_id feed(const incoming& in) { return in.project->id; }
    static void set_role(transaction& work, const member& of, role wanted) {
        storage::update_member_role(work, of.id, wanted);
    }
    static void insert_owner(transaction& work, const incoming& in, const user_id& user,
                             std::chrono::system_clock::time_point at) {
        storage::insert_member(work, {member_id::random(), in.project->id, user, role::owner,
                                      model::invitation::individual, in.who.user, at});
    }
    static void remove(transaction& work, const member& gone) {
        storage::delete_member(work, gone.id);
    }
};

struct of_team {
    using member = model::team_member;
    static constexpr auto transferred = model::activity_type::team_transferred;

    static team_id id(const incoming& in) { return in.team->id; }
    static activity_target target(const incoming& in) {
        return {"team", in.team->id.to_string(), in.team->name, in.team->id};
    }
    static project_id feed(const incoming& /*in*/) { return {}; }
    static void set_role(transaction& work, const member& of, role wanted) {
        storage::update_team_member_role(work, of.id, wanted);
    }
    static void insert_owner(transaction& work, const incoming& in, const user_id& user,
                             std::chrono::system_clock::time_point at) {
        storage::insert_team_member(
            work, {member_id::random(), in.team->id, user, role::owner, in.who.user, at});
    }
    static void remove(transaction& work, const member& gone) {
        storage::delete_team_member(work, gone.id);
    }
};

template <class Members>
std::string names_of_owners(const Members& members, const model::registry& registry) {
    std::string names;
    for (const auto* member : members) {
        const auto* user = registry.find_user(member->user);
        if (member->role == role::owner && user != nullptr) {
            names += (names.empty() ? "" : ", ") + user->name;
        }
    }
    return names;
}

error nobody() {
    return {
        errc::invalid_argument,
        "new_owner_email: nobody who could own it has this address here",
        {{"new_owner_email", "new_owner_email: nobody who could own it has this address here"}}};
}

/// Who owned it becomes a developer: the one who asks, or all of them when it is an administrator.
template <class House>
result<void> transfer(const context& context, const incoming& in, const registry_change& change,
                      const std::string& email) {
    const auto& registry = change.registry;
    const auto members = registry.members_of(House::id(in));
    const auto* next = registry.find_user(email);
    const auto* own = registry.find_member(House::id(in), in.who.user);
    const bool by_owner = own != nullptr && own->role == role::owner;
    const auto* joined = next != nullptr ? registry.find_member(House::id(in), next->id) : nullptr;
    if (next == nullptr || !next->is_active || (by_owner && joined == nullptr)) {
        return nobody();
    }
    for (const auto* member : members) {
        const bool leaves = by_owner ? member == own : member->role == role::owner;
        if (leaves && member->user != next->id) {
            House::set_role(change.transaction, *member, role::developer);
        }
    }
    if (joined != nullptr) {
        House::set_role(change.transaction, *joined, role::owner);
    } else {
        House::insert_owner(change.transaction, in, next->id, change.at);
    }
    record_activity(context, in, change, House::feed(in), House::transferred, House::target(in),
                    change_list{}.text("owner", names_of_owners(members, registry), next->name));
    return {};
}

template <class House>
void run_transfer(const context& context, const incoming_ptr& in) {
    const auto wanted = take_body<transfer_request>(*in);
    if (!wanted) {
        return;
    }
    auto email = normalise_email(wanted->new_owner_email);
    if (!email) {
        in->exchange->respond(problem(nobody()));
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, email = std::move(*email)](const registry_change& change) {
            return transfer<House>(context, *in, change, email);
        },
        [](const model::registry& /*registry*/) {
            return json_response(to_json(message_view{"It has a new owner."}));
        });
}

template <class House>
result<void> leave(const context& context, const incoming& in, const registry_change& change) {
    const auto* own = change.registry.find_member(House::id(in), in.who.user);
    if (own == nullptr) {
        return error{errc::not_found, "You are no member."};
    }
    const auto members = change.registry.members_of(House::id(in));
    const auto owners = std::count_if(members.begin(), members.end(), [](const auto* member) {
        return member->role == role::owner;
    });
    if (own->role == role::owner && owners == 1) {
        return error{errc::conflict, "The last owner stays: make somebody else an owner first."};
    }
    House::remove(change.transaction, *own);
    record_activity(context, in, change, House::feed(in), model::activity_type::member_left,
                    House::target(in), change_list{}.text("role", model::to_string(own->role), ""));
    return {};
}

template <class House>
void run_leave(const context& context, const incoming_ptr& in) {
    answer_after_change(
        context, in,
        [&context, in](const registry_change& change) {
            return leave<House>(context, *in, change);
        },
        [](const model::registry& /*registry*/) {
            return json_response(to_json(message_view{"You left."}));
        });
}

} // namespace

void transfer_project(const context& context, const incoming_ptr& in) {
    run_transfer<of_project>(context, in);
}

void transfer_team(const context& context, const incoming_ptr& in) {
    run_transfer<of_team>(context, in);
}

void leave_project(const context& context, const incoming_ptr& in) {
    run_leave<of_project>(context, in);
}

void leave_team(const context& context, const incoming_ptr& in) { run_leave<of_team>(context, in); }

} // namespace orch::api
