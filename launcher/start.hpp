#pragma once

#include "launcher/options.hpp"

namespace orch::launcher {

/// What a shell answers when it cannot run a program.
inline constexpr int exit_cannot_run = 127;
/// The launcher was called wrongly or could not set itself up.
inline constexpr int exit_launcher_failed = 125;

/// Blocks all signals (they are fetched one by one later), joins no terminal, becomes the parent
/// of all orphans below it and asks to be told when the orchestrator dies. False when the
/// orchestrator is dead already.
[[nodiscard]] bool become_supervisor(const options& wanted);

/// Starts the command in a session of its own with default signals. The child reports itself on
/// stderr when it cannot run. -1: no process could be made.
[[nodiscard]] pid_t start_child(const options& wanted);

/// Lets go of everything that others may wait for: the pipes and the working directory.
void release_inherited();

/// Sent by the kernel when the orchestrator dies.
inline constexpr int orphaned_signal = SIGUSR2;

} // namespace orch::launcher
