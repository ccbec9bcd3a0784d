#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace orch::bench {

/// CPU time of each thread of one process, without its children; key: `<tid> <name>`.
using cpu_by_thread = std::map<std::string, std::chrono::nanoseconds>;

/// Throws when there is no such process.
[[nodiscard]] cpu_by_thread cpu_of(pid_t process);
/// The sum over all threads.
[[nodiscard]] std::chrono::nanoseconds total(const cpu_by_thread& usage);
/// What each thread name used between two looks; threads of one name are added up.
[[nodiscard]] cpu_by_thread difference(const cpu_by_thread& before, const cpu_by_thread& after);

/// CPU time of a process with all its descendants, and with those that ended and were waited for;
/// of these the kernel knows no more than hundredths of a second.
[[nodiscard]] std::chrono::nanoseconds cpu_of_tree(pid_t process);

/// The process and all its descendants, those of today.
[[nodiscard]] std::vector<pid_t> tree_of(pid_t process);

/// How often its threads went to sleep of their own accord.
[[nodiscard]] std::uint64_t voluntary_switches(pid_t process);

/// Resident memory.
[[nodiscard]] std::uint64_t resident_bytes(pid_t process);

/// How many descriptors it has open; of a process that is gone none.
[[nodiscard]] std::uint64_t open_descriptors(pid_t process);

/// Waits until the process hardly uses CPU any more, so that what it does behind the answers is
/// counted too; at most `longest`. False: it was still busy then.
bool wait_until_quiet(pid_t process, std::chrono::milliseconds longest);

} // namespace orch::bench
