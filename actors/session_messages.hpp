#pragma once

#include "actors/tool_set.hpp"
#include "core/ids.hpp"
#include "mcp/json_rpc.hpp"

#include <caf/actor.hpp>
#include <caf/allowed_unsafe_message_type.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// Messages of client sessions and of the calls between them and servers.

namespace orch::actors {

class reply_port;
using reply_port_ptr = std::shared_ptr<reply_port>;

/// A validated message of the client; answers go to `port`, or to the session's own stream when
/// there is none. HTTP → session.
struct client_message {
    std::string body;
    mcp::envelope parts;
    reply_port_ptr port;
    std::chrono::system_clock::time_point received;
    std::chrono::system_clock::time_point authorised;
    /// Held until the call that this is has ended.
    std::shared_ptr<void> permit = nullptr;
    /// Why the call was refused already; its client was told, only its record is left to write.
    /// Empty for all others.
    std::string refusal = {};
};

/// The client opened its stream for messages that belong to no request. HTTP → session.
struct attach_stream {
    reply_port_ptr port;
};

/// The client's stream is gone. `port` tells which, so that an old one cannot end a new one.
struct stream_ended {
    reply_port_ptr port;
};

/// End the session: the client deleted it, was idle too long, or the orchestrator stops.
struct close_session {};

/// Run a tool. Session → server. Always answered by exactly one `tool_answered` or
/// `tool_failed`, except after `cancel_call`.
struct call_tool {
    caf::actor session;
    /// Unique over all sessions; also the JSON-RPC id that the server sees.
    std::uint64_t number = 0;
    /// The client's whole message; the slices say what is replaced on the way.
    std::string body;
    mcp::slice id;
    mcp::slice name;
    mcp::slice progress_token;
    /// The tool as the client named it, without the server's prefix.
    std::string tool;
    /// The whole name on the unified endpoint; empty on a server's own endpoint.
    std::string unified_name;
    /// The only tools that the caller may use; empty for all.
    std::vector<std::string> only_tools = {};
};

/// The client withdrew the call: tell the server, answer nobody. Session → server.
struct cancel_call {
    std::uint64_t number = 0;
};

/// The points in time that only the server actor knows.
struct call_marks {
    std::optional<std::chrono::system_clock::time_point> queued;
    std::optional<std::chrono::system_clock::time_point> sent;
    std::optional<std::chrono::system_clock::time_point> answered;
};

/// The server's answer, whole; `id` is where the caller's id goes. Server → session.
struct tool_answered {
    std::uint64_t number = 0;
    std::string line;
    mcp::envelope parts;
    call_marks marks;
};

/// Why a call got no answer from its server.
enum class call_fault { unknown_tool, not_started, lost, timeout, overloaded, disabled };

/// The call ended without an answer. Server → session.
struct tool_failed {
    std::uint64_t number = 0;
    call_fault fault = call_fault::lost;
    /// For people: names the server and, for `lost`, exit code or signal.
    std::string reason;
    call_marks marks;
};

/// The server reports progress; `token` is where the caller's token goes. Server → session.
struct tool_progressed {
    std::uint64_t number = 0;
    std::string line;
    mcp::slice token;
};

/// What tools have you? Answered from the last known list; a server without one is started.
/// Session → server.
struct list_tools {
    caf::actor session;
    std::uint64_t number = 0;
};

/// Answer to `list_tools`. `fault` says why there is none.
struct tools_listed {
    std::uint64_t number = 0;
    server_id server;
    tool_set_ptr tools;
    std::string fault;
};

/// Answer the lists whose time is over with what has come so far. Session → itself.
struct finish_lists {};

/// The tools of a server are others than before. Server → every session that can see it.
struct tools_changed {
    server_id server;
};

} // namespace orch::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::client_message)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::attach_stream)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::stream_ended)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::close_session)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::call_tool)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::cancel_call)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::tool_answered)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::tool_failed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::tool_progressed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::list_tools)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::tools_listed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::finish_lists)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::tools_changed)
