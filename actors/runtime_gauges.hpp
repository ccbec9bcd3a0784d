#pragma once

#include "actors/exposition.hpp"
#include "actors/runtime.hpp"

#include <caf/fwd.hpp>

#include <cstddef>

namespace orch::actors {

/// How many actors run now. Callable on any thread.
[[nodiscard]] std::size_t running_actors(caf::actor_system& system);

/// Adds what can be read at any time: memory, actors, sessions, spool, database, servers.
void add_runtime_gauges(exposition& out, const runtime& runtime, caf::actor_system& system);

} // namespace orch::actors
