#pragma once

#include "actors/actor_child.hpp"
#include "actors/server_services.hpp"
#include "core/error.hpp"

namespace orch::actors {

/// How to run the process of a server, whose own variables stand over those that all servers see,
/// or how to reach a remote one. `invalid_argument` for a URL or header that cannot be used.
[[nodiscard]] result<server_launch> launch_of(const model::server_definition& server,
                                              const server_services& services);

/// Tells launches of stdio servers apart, in hex. Of variables only the names are in it, since the
/// digest of a short secret would give it away.
[[nodiscard]] std::string launch_digest(const model::server_definition& server);

/// Whether a process that runs after one definition fits the other.
[[nodiscard]] bool same_launch(const model::server_definition& left,
                               const model::server_definition& right);

} // namespace orch::actors
