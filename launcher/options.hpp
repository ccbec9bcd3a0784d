#pragma once

#include <csignal>

#include <sys/resource.h>
#include <sys/types.h>

namespace orch::launcher {

/// What happens to the direct child when the launcher itself dies.
enum class launcher_death { kills_child, spares_child };

/// The command line of the launcher.
struct options {
    /// The orchestrator; the tree ends when it is no longer the parent.
    pid_t parent = 0;
    /// Time between the first signal and SIGKILL.
    long grace_ms = 2'000;
    rlim_t core_bytes = 0;
    /// What the child gets when the launcher gets SIGTERM.
    int stop_signal = SIGTERM;
    /// What the child gets when the orchestrator died; SIGKILL ends the whole tree at once.
    int orphan_signal = SIGKILL;
    launcher_death on_launcher_death = launcher_death::kills_child;
    /// Program and arguments, ended by a null pointer, exactly as `execve` takes them.
    char** command = nullptr;
};

/// Fills `out`. Returns nullptr, or what is wrong with the command line.
[[nodiscard]] const char* parse(int argc, char** argv, options& out);

extern const char* const usage;

} // namespace orch::launcher
