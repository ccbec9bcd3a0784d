#pragma once

#include "actors/options.hpp"
#include "actors/server_board.hpp"
#include "actors/session_registry.hpp"
#include "core/model/registry.hpp"
#include "core/uuid.hpp"
#include "net/options.hpp"

#include <caf/actor.hpp>

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
};

/// What was stored of a server before its actor was started.
struct known_server {
    model::server_entry entry;
    model::server_status status;
    tool_set_ptr tools;
};

} // namespace orch::actors
