#pragma once

#include "actors/exposition.hpp"
#include "actors/runtime.hpp"

namespace orch::actors {

/// Adds what can be read off the runtime at any time: sessions, spool, database, servers.
void add_runtime_gauges(exposition& out, const runtime& runtime);

} // namespace orch::actors
