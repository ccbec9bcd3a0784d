#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

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

/// Resident memory.
[[nodiscard]] std::uint64_t resident_bytes(pid_t process);

/// Waits until the process hardly uses CPU any more, so that what it does behind the answers is
/// counted too; at most `longest`. False: it was still busy then.
bool wait_until_quiet(pid_t process, std::chrono::milliseconds longest);

} // namespace orch::bench
