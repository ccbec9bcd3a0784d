#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace orch::bench {

/// Whether `process` is a child of `ancestor`, or of a child, and so on.
[[nodiscard]] bool descends_from(pid_t process, pid_t ancestor);

/// The program and the arguments of a process; throws when it is gone.
[[nodiscard]] std::vector<std::string> command_of(pid_t process);

} // namespace orch::bench
