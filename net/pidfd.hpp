#pragma once

#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

namespace orch::net {

// glibc 2.36 declares these two without C linkage, so that C++ cannot link them.

/// A descriptor that stands for the process and becomes readable at its end; -1 and errno.
[[nodiscard]] inline int open_pidfd(pid_t pid) noexcept {
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

/// Signals exactly that process, even when its id has been given to another one. 0, or -1 and
/// errno.
inline int signal_pidfd(int pidfd, int signal) noexcept {
    return static_cast<int>(::syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, 0));
}

} // namespace orch::net
