#pragma once

#include "actors/call_recorder.hpp"
#include "actors/options.hpp"
#include "actors/registry_source.hpp"
#include "actors/reply_port.hpp"
#include "actors/server_board.hpp"
#include "actors/session_registry.hpp"
#include "actors/session_streams.hpp"
#include "core/ids.hpp"
#include "core/model/observation.hpp"
#include "core/uuid.hpp"

#include <caf/actor.hpp>

#include <memory>
#include <string>
#include <vector>

namespace orch::actors {

/// What every session actor gets from the application; outlives all of them.
struct session_services {
    server_board& board;
    const registry_source& registry;
    session_registry& sessions;
    /// By index of the unit.
    std::vector<std::unique_ptr<call_recorder>>& recorders;
    uuid_sequence& sequence;
    caf::actor session_writer;
    actor_options options;
    instance_id instance;
    std::string version;
    std::shared_ptr<event_budget> events = std::make_shared<event_budget>(options.replay_bytes_max);
};

/// How long a session lives.
enum class session_kind {
    stream,   ///< as long as its event stream (HTTP+SSE)
    requests, ///< until deleted or idle (Streamable HTTP)
    one_call  ///< for one call, without a handshake (REST)
};

struct session_setup {
    session_kind kind = session_kind::stream;
    /// Empty for `one_call`.
    std::string transport_id;
    model::client_session row;
    /// The key that opened it; nil when it was none.
    key_id key = {};
    /// Nobody was asked for a key, since the project or the server says so.
    bool open_endpoint = false;
    /// The stream of `stream` sessions; `open_session` makes that of `requests` sessions.
    reply_port_ptr stream = nullptr;
    /// Those of `requests` sessions; made by `open_session`.
    session_streams_ptr streams = nullptr;
};

} // namespace orch::actors
