#pragma once

#include "api/principal.hpp"
#include "core/model/registry.hpp"

#include <string>
#include <string_view>

namespace orch::api {

/// What a route lets one do. Each route has exactly one.
enum class permission {
    open,            ///< everybody, also while starting
    signed_in,       ///< any credential; the handler shows what the principal may see
    own_account,     ///< the account behind the credential itself
    create_projects, ///< new projects
    read_project,    ///< what members see: servers, status, logs, sessions, calls
    use_endpoints,   ///< the MCP endpoints; what may be called there is asked at each call
    call_tools,      ///< the execution of a tool
    read_log,        ///< recorded calls, sessions and what servers said
    check_servers,   ///< status refresh, which may start servers
    write_servers,   ///< create, change and delete servers
    read_keys,       ///< the project's keys, without the keys themselves
    write_keys,      ///< make, change and revoke keys
    read_members,    ///< who the members are and what they did
    write_members,   ///< invite, change role, remove
    write_project,   ///< name, description, security settings
    delete_project,  ///< the project with all that is in it
    read_team,       ///< who is in a team, and what it does
    write_team,      ///< its name, its members, and the team itself
    administer       ///< everything of every tenant
};

[[nodiscard]] std::string_view to_string(permission value) noexcept;

/// The answer of the policy. Everything but `allowed` is a refusal.
struct decision {
    enum class outcome {
        allowed,
        hidden,   ///< 404: the principal may not know of the project
        forbidden ///< 403: known, but the role or the kind of credential does not reach
    } kind = outcome::forbidden;
    /// A sentence that says why, for `explain` and for refusals.
    std::string reason;

    [[nodiscard]] bool allowed() const noexcept { return kind == outcome::allowed; }
};

/// Whether `who` may do `wanted`, in `project` or in `team` where the permission is about one. The
/// only place that decides this; list, call, read and stream all ask here. Pure: the registry is
/// the truth.
[[nodiscard]] decision decide(const principal& who, permission wanted,
                              const model::project* project, const model::registry& registry,
                              const model::team* team = nullptr);

} // namespace orch::api
