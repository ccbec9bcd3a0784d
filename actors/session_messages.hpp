#pragma once

#include "actors/item_set.hpp"
#include "core/ids.hpp"
#include "mcp/capabilities.hpp"
#include "mcp/json_rpc.hpp"
#include "mcp/log_level.hpp"

#include <caf/actor.hpp>
#include <caf/actor_addr.hpp>
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
    /// Why the call was refused already: only its record is left to write, after which `port` says
    /// so. Empty for all others.
    std::string refusal = {};
};

/// The stream of an HTTP+SSE session is gone. HTTP → session.
struct stream_ended {
    reply_port_ptr port;
};

/// End the session: the client deleted it, was idle too long, or the orchestrator stops.
struct close_session {};

/// What a server needs to know of the client that a request is from. Made at the handshake.
struct client_card {
    session_id session;
    std::string principal;
    /// Raw object of the capabilities by which servers may ask the client; `{}` for none.
    std::string capabilities = "{}";
    mcp::client_capabilities can;
    /// Whose tasks it has: those of its principal, but of its own session where anybody comes in.
    std::string task_owner = {};
};
using client_card_ptr = std::shared_ptr<const client_card>;

/// Whether a request begins or ends the watch of a resource.
enum class resource_watch : std::uint8_t { none, begin, end };

/// What a request has to do with tasks (2025-11-25, utilities, tasks).
enum class task_part : std::uint8_t {
    none,
    make,   ///< a call that is to become one
    ask,    ///< what is with it, or cancels it; `item` is its id at the server
    result, ///< waits for its end; the same
    list    ///< lists those of the client
};

/// Put a request of the client to the server. Session → server. Always answered by exactly one
/// `request_answered` or `request_failed`, except after `cancel_request`.
struct forward_request {
    caf::actor session;
    /// Unique over all sessions; also the JSON-RPC id that the server sees.
    std::uint64_t number = 0;
    /// The client's whole message; the slices say what is replaced on the way.
    std::string body;
    mcp::slice id;
    /// Of the item's name; absent when that stays as it is.
    mcp::slice name;
    mcp::slice progress_token;
    /// The item as the client named it, without the server's prefix.
    std::string item;
    /// The whole name on the unified endpoint; empty on a server's own endpoint.
    std::string unified_name;
    /// The only tools that the caller may use; empty for all.
    std::vector<std::string> only_tools = {};
    /// The list that the item must be in; absent when the server may know more than it lists.
    std::optional<model::list_kind> list = model::list_kind::tools;
    client_card_ptr client = nullptr;
    resource_watch watch = resource_watch::none;
    task_part part = task_part::none;
    /// The task that the message says to belong to, as the server knows it, and the raw value of
    /// `_meta` where that goes. Empty and absent for most.
    std::string related_task = {};
    mcp::slice related_place = {};
    /// How long the answer may take; absent for the time-out of the server's calls.
    std::optional<std::chrono::milliseconds> patience = {};
};

/// The client withdrew the request: tell the server, answer nobody. Session → server.
struct cancel_request {
    std::uint64_t number = 0;
    client_card_ptr client = nullptr;
};

/// The points in time that only the server actor knows.
struct call_marks {
    std::optional<std::chrono::system_clock::time_point> queued;
    std::optional<std::chrono::system_clock::time_point> sent;
    std::optional<std::chrono::system_clock::time_point> answered;
};

/// The server's answer, whole; `id` is where the caller's id goes. Server → session.
struct request_answered {
    std::uint64_t number = 0;
    std::string line;
    mcp::envelope parts;
    call_marks marks;
};

/// Why a request got no answer from its server.
enum class call_fault {
    unknown_item,
    unknown_task,
    not_started,
    lost,
    timeout,
    overloaded,
    disabled
};

/// The call ended without an answer. Server → session.
struct request_failed {
    std::uint64_t number = 0;
    call_fault fault = call_fault::lost;
    /// For people: names the server and, for `lost`, exit code or signal.
    std::string reason;
    call_marks marks;
};

/// The server reports progress; `token` is where the caller's token goes. Server → session.
struct request_progressed {
    std::uint64_t number = 0;
    std::string line;
    mcp::slice token;
};

/// What have you of this kind? Answered from the last known list; a server without one is started.
/// Session → server.
struct list_items {
    caf::actor session;
    std::uint64_t number = 0;
    model::list_kind kind = model::list_kind::tools;
    client_card_ptr client = nullptr;
};

/// Answer to `list_items`. `fault` says why there is none.
struct items_listed {
    std::uint64_t number = 0;
    server_id server;
    item_set_ptr items;
    std::string fault;
    model::list_kind kind = model::list_kind::tools;
};

/// Answer the lists whose time is over with what has come so far. Session → itself.
struct finish_lists {};

/// A list of a server is another than before. Server → every session that can see it.
struct items_changed {
    server_id server;
    model::list_kind kind = model::list_kind::tools;
};

/// A notification of the server, such as a log message, that the session's client may see. Server →
/// session.
struct server_notified {
    server_id server;
    /// The open request that it belongs to; 0 when it belongs to none.
    std::uint64_t number = 0;
    std::string line;
    mcp::envelope parts;
};

/// The server asks the client for something: a sampling, an elicitation, its roots. Server →
/// session. Answered by exactly one `client_replied` or `question_failed`, unless it is withdrawn.
struct ask_client {
    caf::actor server;
    server_id id;
    /// Unique over all servers; also the JSON-RPC id that the client sees.
    std::uint64_t question = 0;
    /// The open request that it is part of; 0 when that is not known.
    std::uint64_t number = 0;
    std::string line;
    mcp::envelope parts;
    mcp::slice progress_token;
};

/// The server does not want the answer any more. Server → session.
struct withdraw_question {
    std::uint64_t question = 0;
};

/// The client's answer, whole; `id` is where the server's id goes. Session → server.
struct client_replied {
    std::uint64_t question = 0;
    std::string body;
    mcp::envelope parts;
};

/// The client was not asked, or cannot answer. Session → server.
struct question_failed {
    std::uint64_t question = 0;
    int code = 0;
    std::string reason;
    /// The client is gone: an elicitation was cancelled, not refused.
    bool gone = false;
};

/// The client reports progress with what the server asked; `token` is where the server's token
/// goes. Session → server.
struct client_progressed {
    std::uint64_t question = 0;
    std::string body;
    mcp::slice token;
};

/// A notification of the client that is for its servers, such as other roots. Session → server.
struct client_notified {
    std::string body;
    client_card_ptr client = nullptr;
};

/// The least severe log messages that the client wants. Session → server.
struct want_logs {
    caf::actor session;
    mcp::log_level level = mcp::log_level::debug;
    client_card_ptr client = nullptr;
};

/// The session is over: forget what it wanted. Session → every server that it asked for something.
struct session_left {
    caf::actor_addr session;
    client_card_ptr client = nullptr;
};

} // namespace orch::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::client_message)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::stream_ended)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::close_session)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::forward_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::cancel_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::request_answered)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::request_failed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::request_progressed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::list_items)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::items_listed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::finish_lists)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::items_changed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::server_notified)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::ask_client)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::withdraw_question)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::client_replied)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::question_failed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::client_progressed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::client_notified)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::want_logs)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::session_left)
