#pragma once

#include "actors/options.hpp"
#include "core/log.hpp"
#include "net/options.hpp"
#include "storage/options.hpp"

#include <string>
#include <vector>

namespace orch::config {

/// Who may use an MCP endpoint: holders of a project key, or everybody who can reach it.
enum class auth_mode { keys, none };

/// Who may say what a stdio server runs; `automatic` is owners on a loopback listener, else
/// administrators.
enum class stdio_servers_mode { automatic, developer, owner, admin, templates };

/// Where remote servers may be; `automatic` is everywhere on a loopback listener, else the
/// internet.
enum class remote_servers_mode { automatic, all, internet };

/// Everything the orchestrator can be told, as plain values: the sum of the folders' options and
/// what only the application needs. Filled by `load`, read-only afterwards; copied freely.
struct settings {
    /// Absolute after `load`.
    std::string data_dir;
    unsigned io_threads = 1;

    /// `unix_socket` is `<data_dir>/admin.sock` after `load`.
    net::http_options http;
    net::child_options child;
    /// An empty `connection` asks for the private PostgreSQL of the data directory.
    storage::database_options database;
    /// `directory` is absolute after `load`.
    storage::spool_options spool;
    actors::actor_options actors;

    auth_mode auth = auth_mode::keys;
    /// Allows `auth_mode::none` on a listener that other machines reach.
    bool allow_public = false;
    stdio_servers_mode stdio_servers = stdio_servers_mode::automatic;
    remote_servers_mode remote_servers = remote_servers_mode::automatic;
    /// Keys that encrypt secrets; empty: those in the file.
    std::string master_key;
    /// Absolute after `load`.
    std::string master_key_file;
    /// What generated client configurations print; empty: derived from the listener.
    std::string public_url;
    /// Values of `Host` that are served besides the loopback names, lower case.
    std::vector<std::string> allowed_hosts;
    /// Values of `Origin` that browsers may send besides our own, lower case.
    std::vector<std::string> allowed_origins;

    /// A client configuration to import at start; empty: none. Absolute after `load`.
    std::string import_file;
    /// Print a ready-made project key at start, for a first try.
    bool demo_key = false;
    /// Whether people may make accounts by themselves.
    bool sign_up = false;

    log::level log_level = log::level::info;
    log::format log_format = log::format::text;
};

} // namespace orch::config
