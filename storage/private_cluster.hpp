#pragma once

#include "core/error.hpp"

#include <string>
#include <utility>
#include <vector>

namespace orch::storage {

/// A command to run: program and arguments.
struct command_line {
    std::string program;
    std::vector<std::string> arguments;
};

/// The private PostgreSQL of one data directory: where it lies and how it is made and started.
/// Paths, command lines and file contents, for the account that runs them; the postgres actor
/// does, in this order:
///   leftover_pid() != 0 → stop_leftover(); prepare(); !initialized() → initdb(), then
///   finish_initdb() when it ended with 0; server(), until it ends.
class private_cluster {
public:
    /// `not_found` tells which Debian package is missing; `unavailable` when the account has no
    /// name, which peer authentication needs. Sockets move to the runtime directory or /tmp when
    /// their path below the data directory would exceed 107 bytes; `invalid_argument` when it
    /// would there too.
    [[nodiscard]] static result<private_cluster>
    locate(const std::string& data_directory,
           const std::string& installations = "/usr/lib/postgresql");

    [[nodiscard]] bool initialized() const;
    /// initdb with peer authentication for this account, UTF-8, checksums. Works in a directory
    /// beside the final one: a killed initdb leaves nothing that looks like a cluster.
    [[nodiscard]] command_line initdb() const;
    /// Puts the new cluster in its place. Call it when `initdb` succeeded, not otherwise.
    [[nodiscard]] result<void> finish_initdb() const;
    /// The server in the foreground: unix socket in a 0700 directory, no TCP, fsync on. SIGINT
    /// stops it fast, SIGQUIT at once.
    [[nodiscard]] command_line server() const;
    /// `pg_ctl stop -m fast` for a server that an earlier run left behind.
    [[nodiscard]] command_line stop_leftover() const;
    /// The pid in postmaster.pid when such a process lives and is the postgres of this data
    /// directory, else 0.
    [[nodiscard]] int leftover_pid() const;
    /// Creates directories (0700, owned by this account, no links), removes what a killed initdb
    /// left, and takes the pid of a server that is gone out of the lock files. Not while an initdb
    /// or the server runs.
    [[nodiscard]] result<void> prepare() const;
    /// libpq connection string over the socket.
    [[nodiscard]] std::string connection() const;

private:
    private_cluster() = default;

    std::string root_;
    std::string data_;
    std::string sockets_;
    std::string binaries_;
    std::string user_;
};

} // namespace orch::storage
