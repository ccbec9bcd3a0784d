#pragma once

#include "actors/exposition.hpp"
#include "actors/runtime.hpp"

#include <caf/fwd.hpp>

namespace orch::actors {

/// Adds what can be read at any time: memory, actors, sessions, spool, database, servers.
void add_runtime_gauges(exposition& out, const runtime& runtime, caf::actor_system& system);

} // namespace orch::actors
