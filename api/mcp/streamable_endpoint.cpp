#include "api/mcp/endpoints.hpp"
#include "api/mcp/exchange_sink.hpp"
#include "api/mcp/scope.hpp"
#include "api/problem.hpp"

#include "actors/bridge/ask.hpp"
#include "actors/posted_batch.hpp"
#include "mcp/client_batch.hpp"
#include "mcp/version.hpp"

#include <algorithm>

// Streamable HTTP, revisions 2025-03-26 to 2025-11-25: every message is a POST of its own.

namespace orch::api {

namespace {

constexpr std::string_view session_header = "mcp-session-id";

/// An answer outside of any request of JSON-RPC.
net::response rpc_problem(int status, int code, std::string_view detail, std::string_view id = {}) {
    return json_response(mcp::make_error(id, code, detail), status);
}

/// What the client can take, or nothing when it can take neither.
std::optional<actors::reply_shape> shape_of(std::string_view accept) {
    const bool any = accept.empty() || accept.find("*/*") != std::string_view::npos;
    const bool json = any || accept.find("application/json") != std::string_view::npos;
    const bool events = any || accept.find("text/event-stream") != std::string_view::npos;
    if (json && events) {
        return actors::reply_shape::json_or_stream;
    }
    if (json) {
        return actors::reply_shape::json_only;
    }
    return events ? std::optional(actors::reply_shape::stream_only) : std::nullopt;
}

/// Clients of 2025-03-26 send none. Otherwise answers.
bool version_is_known(const incoming& in) {
    const auto version = in.request.header("mcp-protocol-version");
    const bool known = version.empty() || mcp::parse_revision(version).has_value();
    if (!known) {
        in.exchange->respond(rpc_problem(400, mcp::code::invalid_request,
                                         "The MCP-Protocol-Version is not supported."));
    }
    return known;
}

bool is_initialize(const incoming& in, const mcp::envelope& parts) {
    return parts.kind == mcp::message_kind::request &&
           parts.method.of(in.request.body) == "initialize";
}

/// The session that the request names; otherwise answers and returns nothing.
std::optional<actors::session_contact> session_of(const context& context, const incoming& in,
                                                  const endpoint_scope& scope) {
    const auto id = in.request.header(session_header);
    if (id.empty()) {
        in.exchange->respond(
            rpc_problem(400, mcp::code::invalid_request,
                        "The header Mcp-Session-Id is missing: initialize first."));
        return std::nullopt;
    }
    auto session = find_session(context, in, scope, std::string(id));
    if (session && !session->streams) {
        session.reset(); // That of an HTTP+SSE client.
    }
    if (!session) {
        in.exchange->respond(
            rpc_problem(404, mcp::code::invalid_request, "There is no such session."));
    }
    return session;
}

void deliver(const caf::actor& session, const incoming& in, std::string body,
             const mcp::envelope& parts, actors::reply_port_ptr port) {
    actors::bridge::tell(session, actors::client_message{std::move(body), parts, std::move(port),
                                                         in.request.received_at, in.authorised});
}

void initialize(const context& context, const incoming_ptr& in, const endpoint_scope& scope,
                const mcp::envelope& parts, actors::reply_shape shape) {
    const auto id = uuid::random().to_hex();
    auto& unit = context.unit(in->request.unit);
    const auto session = actors::open_session(
        context.system, unit, *context.runtime.clients,
        new_session(context, *in, scope, actors::session_kind::requests, id));
    const auto entry = session ? find_session(context, *in, scope, id) : std::nullopt;
    if (!entry) {
        in->exchange->respond(session ? problem(503, "The session has ended.")
                                      : problem(session.error()));
        return;
    }
    const auto sink = make_exchange_sink(in->exchange, unit, {{"Mcp-Session-Id", id}});
    deliver(*session, *in, std::move(in->request.body), parts,
            actors::make_posted_reply(entry->streams, sink, shape, context.runtime.options.actors));
}

void post_batch(const context& context, const incoming_ptr& in, const endpoint_scope& scope,
                actors::reply_shape shape) {
    const auto session = session_of(context, *in, scope);
    if (!session) {
        return;
    }
    if (session->streams->agreed() != mcp::revision::v2025_03_26) {
        // Tells a broken array from a batch.
        static_cast<void>(read_message(*in));
        return;
    }
    auto messages = mcp::parse_client_batch(in->request.body);
    if (!messages) {
        in->exchange->respond(refused_message(messages.error()));
        return;
    }
    const auto requests = std::count_if(messages->begin(), messages->end(), [](const auto& each) {
        return each.parts.kind == mcp::message_kind::request;
    });
    std::vector<actors::reply_port_ptr> ports;
    if (requests == 0) {
        in->exchange->respond({202, "", "", {}});
    } else {
        ports = actors::make_posted_batch(
            session->streams, make_exchange_sink(in->exchange, context.unit(in->request.unit)),
            shape, static_cast<std::size_t>(requests));
    }
    auto port = ports.begin();
    for (auto& [body, parts] : *messages) {
        if (parts.kind == mcp::message_kind::request) {
            actors::bridge::tell(session->actor, admit(context, *in, std::move(body), parts,
                                                       std::move(*port++), company::batch));
        } else {
            deliver(session->actor, *in, std::move(body), parts, nullptr);
        }
    }
}

void post_message(const context& context, const incoming_ptr& in, const endpoint_scope& scope,
                  actors::reply_shape shape) {
    const auto parts = read_message(*in);
    if (!parts) {
        return;
    }
    if (in->request.header(session_header).empty() && is_initialize(*in, *parts)) {
        initialize(context, in, scope, *parts, shape);
        return;
    }
    const auto session = session_of(context, *in, scope);
    if (!session) {
        return;
    }
    auto& body = in->request.body;
    if (parts->kind != mcp::message_kind::request) {
        deliver(session->actor, *in, std::move(body), *parts, nullptr);
        in->exchange->respond({202, "", "", {}});
        return;
    }
    auto message = admit(context, *in, std::move(body), *parts, nullptr);
    // Not before: a stream that has begun cannot refuse with a status any more.
    if (message.refusal.empty()) {
        const auto sink = make_exchange_sink(in->exchange, context.unit(in->request.unit));
        message.port = actors::make_posted_reply(session->streams, sink, shape,
                                                 context.runtime.options.actors);
    }
    actors::bridge::tell(session->actor, std::move(message));
}

void post(const context& context, const incoming_ptr& in, const endpoint_scope& scope) {
    const auto shape = shape_of(in->request.header("accept"));
    if (!shape) {
        in->exchange->respond(
            rpc_problem(406, mcp::code::invalid_request,
                        "The Accept header must allow application/json or text/event-stream."));
        return;
    }
    if (!version_is_known(*in) || !holds_json(*in)) {
        return;
    }
    const bool batch = mcp::is_batch(in->request.body) &&
                       !in->request.header(session_header).empty();
    batch ? post_batch(context, in, scope, *shape) : post_message(context, in, scope, *shape);
}

/// Nothing when the client listens now.
std::optional<net::response> refusal_of(actors::session_streams::verdict verdict) {
    using enum actors::session_streams::verdict;
    constexpr auto code = mcp::code::invalid_request;
    switch (verdict) {
    case listening: return std::nullopt;
    case taken: return rpc_problem(409, code, "The session has an open stream already.");
    case unknown_event:
        return rpc_problem(400, code,
                           "The Last-Event-ID names no event of this session that is still kept.");
    // Tells clients that come back by themselves to stop (WHATWG HTML, 9.2.2).
    case nothing_left: return net::response{204, "", "", {}};
    case closed: break;
    }
    return rpc_problem(404, code, "There is no such session.");
}

void get(const context& context, const incoming_ptr& in, const endpoint_scope& scope) {
    if (in->request.header("accept").find("text/event-stream") == std::string_view::npos) {
        in->exchange->respond(rpc_problem(406, mcp::code::invalid_request,
                                          "The Accept header must allow text/event-stream."));
        return;
    }
    if (!version_is_known(*in)) {
        return;
    }
    const auto session = session_of(context, *in, scope);
    if (!session) {
        return;
    }
    const auto& streams = session->streams;
    streams->home().dispatch(
        [streams, last = std::string(in->request.header("last-event-id")),
         sink = make_exchange_sink(in->exchange, context.unit(in->request.unit))] {
            const auto verdict = last.empty() ? streams->listen(sink) : streams->resume(sink, last);
            if (auto refusal = refusal_of(verdict)) {
                sink->respond(std::move(*refusal));
            }
        });
}

void end_session(const context& context, const incoming_ptr& in, const endpoint_scope& scope) {
    if (!version_is_known(*in)) {
        return;
    }
    const auto session = session_of(context, *in, scope);
    if (!session) {
        return;
    }
    // Out of the registry first: a request after this answer must not find it.
    context.runtime.sessions.remove(std::string(in->request.header(session_header)));
    actors::bridge::tell(session->actor, actors::close_session{});
    in->exchange->respond({200, "", "", {}});
}

} // namespace

void post_server_mcp(const context& context, const incoming_ptr& in) {
    on_server(context, in, model::entry_path::server_http, post);
}

void get_server_mcp(const context& context, const incoming_ptr& in) {
    on_server(context, in, model::entry_path::server_http, get);
}

void delete_server_mcp(const context& context, const incoming_ptr& in) {
    on_server(context, in, model::entry_path::server_http, end_session);
}

void post_unified_mcp(const context& context, const incoming_ptr& in) {
    on_unified(context, in, model::entry_path::unified_http, post);
}

void get_unified_mcp(const context& context, const incoming_ptr& in) {
    on_unified(context, in, model::entry_path::unified_http, get);
}

void delete_unified_mcp(const context& context, const incoming_ptr& in) {
    on_unified(context, in, model::entry_path::unified_http, end_session);
}

} // namespace orch::api
