#pragma once

#include "bench/load/load_command.hpp"

#include <span>

namespace orch::bench {

/// All loads.
[[nodiscard]] std::span<const load> load_table();

/// Calls in a closed loop, where each session has one call open at any time, or at a rate.
[[nodiscard]] load_run prepare_calls(CLI::App& command);
/// Opens SSE sessions with their handshakes, tells what they cost in memory, and makes one call
/// while all are open.
[[nodiscard]] load_run prepare_idle(CLI::App& command);
/// Opens sessions that each make one call and leave.
[[nodiscard]] load_run prepare_connect(CLI::App& command);
/// An open loop of what real clients do: calls of several sizes, lists, failures, reconnects.
[[nodiscard]] load_run prepare_mixed(CLI::App& command);
/// Sessions with the same ids and progress tokens: what reaches the wrong one is counted.
[[nodiscard]] load_run prepare_collide(CLI::App& command);
/// A stdio server on its pipe, without any gateway.
[[nodiscard]] load_run prepare_pipe(CLI::App& command);
/// The same GET again and again over one connection.
[[nodiscard]] load_run prepare_get(CLI::App& command);
/// Opens streams and counts who gets the events that go to all of them, and when.
[[nodiscard]] load_run prepare_fan_out(CLI::App& command);
/// Kills the server's process under calls in a closed loop, once.
[[nodiscard]] load_run prepare_recover(CLI::App& command);
/// Half of the clients break off in the middle of a closed loop.
[[nodiscard]] load_run prepare_vanish(CLI::App& command);
/// A closed loop, without and with sessions beside it that do not read what they ask for.
[[nodiscard]] load_run prepare_slow(CLI::App& command);

} // namespace orch::bench
