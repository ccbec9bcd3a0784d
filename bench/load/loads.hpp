#pragma once

#include "bench/load/load_command.hpp"

#include <span>

namespace orch::bench {

/// All loads.
[[nodiscard]] std::span<const load> load_table();

/// Calls in a closed loop: each session has one call open at any time.
[[nodiscard]] load_run prepare_calls(CLI::App& command);
/// Opens SSE sessions with their handshakes, tells what they cost in memory, and makes one call
/// while all are open.
[[nodiscard]] load_run prepare_idle(CLI::App& command);
/// The same GET again and again over one connection.
[[nodiscard]] load_run prepare_get(CLI::App& command);

} // namespace orch::bench
