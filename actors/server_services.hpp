#pragma once

#include "actors/messages.hpp"
#include "actors/options.hpp"
#include "actors/server_board.hpp"
#include "actors/session_registry.hpp"
#include "core/model/registry.hpp"
#include "core/uuid.hpp"
#include "net/options.hpp"

#include <caf/actor.hpp>
#include <caf/actor_addr.hpp>

#include <string>

namespace orch::actors {

/// What every server actor gets from the application; outlives all of them.
struct server_services {
    server_board& board;
    session_registry& sessions;
    uuid_sequence& sequence;
    caf::actor server_log_writer;
    actor_options options;
    net::child_options child;
    /// Path of the launcher binary.
    std::string launcher;
    /// What a child sees besides its own variables.
    model::name_value_list base_environment;
    std::string version;
    /// Limits towards remote servers.
    net::client_options remote = {};
};

/// Which of a server's processes an actor runs.
struct process_role {
    enum class use {
        serve,
        probe ///< sees whether the server asks a client that can be asked for all there is
    };

    /// Empty for the one whose condition is the server's own.
    std::string key;
    /// The only client, with its session; null when several share the process.
    client_card_ptr client = nullptr;
    caf::actor session = nullptr;
    /// The server's own actor, which hears how the process is; null for that one itself.
    caf::actor_addr owner = nullptr;
    use purpose = use::serve;
};

/// What was stored of a server before its actor was started.
struct known_server {
    model::server_entry entry;
    model::server_status status;
    item_lists lists = {};
    /// Null before the first handshake.
    introduction_ptr introduction = nullptr;
    process_role role = {};
};

} // namespace orch::actors
