#pragma once

#include "actors/server_services.hpp"
#include "core/error.hpp"
#include "net/child_process.hpp"

namespace orch::actors {

/// How to run the process of a server: its own variables stand over those that all servers see.
/// Fails for a transport that has no process.
[[nodiscard]] result<net::launch_spec> launch_of(const model::server_definition& server,
                                                 const server_services& services);

/// Whether a process that runs after one definition fits the other.
[[nodiscard]] bool same_launch(const model::server_definition& left,
                               const model::server_definition& right);

} // namespace orch::actors
