#include "api/policy.hpp"

#include "core/model/enum_names.hpp"

#include <fmt/format.h>

namespace orch::api {

namespace {

using outcome = decision::outcome;
using model::role;

/// What it takes to have a permission, apart from being an administrator.
struct rule {
    permission what;
    std::string_view name;
    /// The least role in the project; absent when no role helps.
    std::optional<role> least;
    bool keys = false;      ///< a key of the project has it
    bool everybody = false; ///< so has everybody where no credential is asked for
    bool any_user = false;  ///< every signed-in user has it, project or not
    bool of_team = false;   ///< the role is that in a team
};

constexpr std::array<rule, 19> rules{{
    {permission::open, "open", std::nullopt, true, true, true},
    {permission::signed_in, "signed_in", std::nullopt, true, true, true},
    {permission::own_account, "own_account", std::nullopt, false, false, true},
    {permission::create_projects, "create_projects", std::nullopt, false, false, true},
    {permission::read_project, "read_project", role::reporter, true, true, false},
    {permission::use_endpoints, "use_endpoints", role::reporter, true, true, false},
    {permission::call_tools, "call_tools", role::reporter, true, true, false},
    {permission::read_log, "read_log", role::reporter, true, true, false},
    {permission::check_servers, "check_servers", role::developer, false, false, false},
    {permission::write_servers, "write_servers", role::developer, false, false, false},
    {permission::read_keys, "read_keys", role::developer, false, false, false},
    {permission::write_keys, "write_keys", role::developer, false, false, false},
    {permission::read_members, "read_members", role::reporter, false, false, false},
    {permission::write_members, "write_members", role::owner, false, false, false},
    {permission::write_project, "write_project", role::owner, false, false, false},
    {permission::delete_project, "delete_project", role::owner, false, false, false},
    {permission::read_team, "read_team", role::reporter, false, false, false, true},
    {permission::write_team, "write_team", role::owner, false, false, false, true},
    {permission::administer, "administer", std::nullopt, false, false, false},
}};

const rule& rule_of(permission wanted) {
    for (const auto& candidate : rules) {
        if (candidate.what == wanted) {
            return candidate;
        }
    }
    return rules.back();
}

/// Permissions that are about no project in particular.
bool is_global(const rule& asked) noexcept { return !asked.least; }

decision refused(std::string reason) { return {outcome::forbidden, std::move(reason)}; }
decision granted(std::string reason) { return {outcome::allowed, std::move(reason)}; }
decision unknown() { return {outcome::hidden, "It is not there, or not for you."}; }

/// What somebody is in the project or team that is asked about; absent for nothing.
std::optional<role> role_of(const user_id& user, const rule& asked, const model::project* project,
                            const model::team* team, const model::registry& registry) {
    if (asked.of_team) {
        const auto* member = team != nullptr ? registry.find_member(team->id, user) : nullptr;
        return member != nullptr ? std::optional(member->role) : std::nullopt;
    }
    const auto* member = project != nullptr ? registry.find_member(project->id, user) : nullptr;
    return member != nullptr ? std::optional(member->role) : std::nullopt;
}

decision decide_for_key(const principal& who, const rule& asked, const model::project* project,
                        const model::registry& registry) {
    if (project != nullptr && who.project != project->id) {
        return unknown();
    }
    if (!asked.keys) {
        return refused("A project key may list and call, nothing else.");
    }
    const auto* key = registry.find_key(who.key);
    if (key == nullptr) {
        return refused("The key is gone.");
    }
    const auto& scope = key->scope;
    if (!who.address.empty() && !allows(scope.ip_ranges, who.address)) {
        return refused("The key may not be used from this address.");
    }
    if (asked.what == permission::call_tools && !scope.may_call) {
        return refused("The key may list, but not call.");
    }
    if (asked.what == permission::read_log && !(scope.servers.empty() && scope.tools.empty())) {
        return refused("A key for chosen servers or tools does not read the log.");
    }
    return granted("The key belongs to the project.");
}

decision decide_for_user(const principal& who, const rule& asked, const model::project* project,
                         const model::team* team, const model::registry& registry) {
    const auto* account = registry.find_user(who.user);
    if (account == nullptr || !account->is_active) {
        return project != nullptr ? unknown() : refused("The account is not active.");
    }
    if (account->is_admin) {
        return granted("The account is an administrator.");
    }
    const auto own = role_of(who.user, asked, project, team, registry);
    if ((project != nullptr || asked.of_team) && !own) {
        return unknown();
    }
    if (is_global(asked)) {
        return asked.any_user ? granted("Every account may do this.")
                              : refused("Only an administrator may do this.");
    }
    const auto has = model::to_string(*own);
    const auto needs = model::to_string(*asked.least);
    return *own >= *asked.least
               ? granted(fmt::format("The role is {}, {} is enough.", has, needs))
               : refused(fmt::format("The role is {}, this takes {}.", has, needs));
}

decision decide_for_kind(const principal& who, const rule& asked, const model::project* project,
                         const model::team* team, const model::registry& registry) {
    switch (who.kind) {
    case principal::kind::local_admin:
        return asked.what == permission::own_account
                   ? refused("The administrator token has no account.")
                   : granted("The administrator may do everything.");
    case principal::kind::project_key: return decide_for_key(who, asked, project, registry);
    case principal::kind::user: return decide_for_user(who, asked, project, team, registry);
    case principal::kind::everybody:
        return asked.everybody ? granted("This place asks for no credential.")
                               : refused("This takes a credential.");
    }
    return refused("Not decided.");
}

} // namespace

std::string_view to_string(permission value) noexcept { return rule_of(value).name; }

decision decide(const principal& who, permission wanted, const model::project* project,
                const model::registry& registry, const model::team* team) {
    const auto& asked = rule_of(wanted);
    const bool of_people = who.kind == principal::kind::user ||
                           who.kind == principal::kind::local_admin;
    if (asked.of_team ? team == nullptr || !of_people : !is_global(asked) && project == nullptr) {
        return unknown();
    }
    auto decided = decide_for_kind(who, asked, project, team, registry);
    // The administrator token stays a way in when somebody has shut all others out.
    const bool judged = project != nullptr && who.kind != principal::kind::local_admin &&
                        !who.address.empty();
    if (decided.allowed() && judged && !allows(project->allowed_ip_ranges, who.address)) {
        return refused("The project takes no requests from this address.");
    }
    return decided;
}

} // namespace orch::api
