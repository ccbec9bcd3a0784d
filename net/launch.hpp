#pragma once

#include "core/error.hpp"
#include "net/child_process.hpp"
#include "net/owned_fd.hpp"

namespace orch::net {

/// The child's side of its three pipes.
struct child_ends {
    owned_fd stdin_read;
    owned_fd stdout_write;
    owned_fd stderr_write;
};

/// A launcher that runs; whoever holds it has to reap it.
struct launched {
    pid_t pid = -1;
    owned_fd pidfd;
};

/// Starts `spec` under its launcher with these pipes as its only descriptors. Does not copy this
/// process (no fork), so it takes as long in a large process as in a small one. Errors name the
/// program and what is wrong.
[[nodiscard]] result<launched> launch(const launch_spec& spec, child_ends ends);

} // namespace orch::net
