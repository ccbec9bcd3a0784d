#pragma once

#include "actors/session_registry.hpp"
#include "core/model/registry.hpp"

#include <chrono>

namespace orch::actors {

/// Whether a session that is open may stay open: its project is there, its key is valid and holds
/// its server, its client's address is let in, and an endpoint that asked nobody for a key still
/// does not. What it may call is asked again at each call. Pure.
[[nodiscard]] bool is_welcome(const session_entry& session, const model::registry& registry,
                              std::chrono::system_clock::time_point now);

} // namespace orch::actors
