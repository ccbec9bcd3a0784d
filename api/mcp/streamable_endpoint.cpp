#include "api/mcp/endpoints.hpp"
#include "api/mcp/scope.hpp"
#include "api/ports.hpp"
#include "api/problem.hpp"

#include "actors/bridge/ask.hpp"
#include "mcp/version.hpp"

// Streamable HTTP, revisions 2025-03-26 to 2025-11-25: every message is a POST of its own.

namespace orch::api {

namespace {

constexpr std::string_view session_header = "mcp-session-id";

/// An answer outside of any request of JSON-RPC.
net::response rpc_problem(int status, int code, std::string_view detail, std::string_view id = {}) {
    return json_response(mcp::make_error(id, code, detail), status);
}

/// What the client can take, or nothing when it can take neither.
std::optional<reply_shape> shape_of(std::string_view accept) {
    const bool any = accept.empty() || accept.find("*/*") != std::string_view::npos;
    const bool json = any || accept.find("application/json") != std::string_view::npos;
    const bool events = any || accept.find("text/event-stream") != std::string_view::npos;
    if (json && events) {
        return reply_shape::json_or_stream;
    }
    if (json) {
        return reply_shape::json_only;
    }
    return events ? std::optional(reply_shape::stream_only) : std::nullopt;
}

bool version_is_known(const net::request& request) {
    const auto version = request.header("mcp-protocol-version");
    return version.empty() || mcp::parse_revision(version).has_value();
}

bool is_initialize(const incoming& in, const mcp::envelope& parts) {
    return parts.kind == mcp::message_kind::request &&
           parts.method.of(in.request.body) == "initialize";
}

/// The session that the request names; otherwise answers and returns nothing.
std::optional<actors::session_entry> session_of(const context& context, const incoming& in,
                                                const endpoint_scope& scope) {
    const auto id = in.request.header(session_header);
    if (id.empty()) {
        in.exchange->respond(
            rpc_problem(400, mcp::code::invalid_request,
                        "The header Mcp-Session-Id is missing: initialize first."));
        return std::nullopt;
    }
    auto session = find_session(context, in, scope, std::string(id));
    if (!session) {
        in.exchange->respond(
            rpc_problem(404, mcp::code::invalid_request, "There is no such session."));
    }
    return session;
}

void deliver(const caf::actor& session, const incoming_ptr& in, const mcp::envelope& parts,
             actors::reply_port_ptr port) {
    actors::bridge::tell(session,
                         actors::client_message{std::move(in->request.body), parts, std::move(port),
                                                in->request.received_at, in->authorised});
}

void initialize(const context& context, const incoming_ptr& in, const endpoint_scope& scope,
                const mcp::envelope& parts, reply_shape shape) {
    const auto id = uuid::random().to_hex();
    auto& unit = context.unit(in->request.unit);
    const auto session = actors::open_session(
        context.system, unit, *context.runtime.clients,
        new_session(context, *in, scope, actors::session_kind::requests, id));
    if (!session) {
        in->exchange->respond(problem(session.error()));
        return;
    }
    deliver(*session, in, parts,
            make_post_port(in->exchange, unit, shape, {{"Mcp-Session-Id", id}}));
}

void post(const context& context, const incoming_ptr& in, const endpoint_scope& scope) {
    if (!version_is_known(in->request)) {
        in->exchange->respond(rpc_problem(400, mcp::code::invalid_request,
                                          "The MCP-Protocol-Version is not supported."));
        return;
    }
    const auto shape = shape_of(in->request.header("accept"));
    if (!shape) {
        in->exchange->respond(
            rpc_problem(406, mcp::code::invalid_request,
                        "The Accept header must allow application/json or text/event-stream."));
        return;
    }
    const auto parts = read_message(*in);
    if (!parts) {
        return;
    }
    if (in->request.header(session_header).empty() && is_initialize(*in, *parts)) {
        initialize(context, in, scope, *parts, *shape);
        return;
    }
    const auto session = session_of(context, *in, scope);
    if (!session) {
        return;
    }
    if (parts->kind != mcp::message_kind::request) {
        deliver(session->actor, in, *parts, nullptr);
        in->exchange->respond({202, "", "", {}});
        return;
    }
    auto port = make_post_port(in->exchange, context.unit(in->request.unit), *shape, {});
    actors::bridge::tell(session->actor,
                         admit(context, *in, std::move(in->request.body), *parts, std::move(port)));
}

void get(const context& context, const incoming_ptr& in, const endpoint_scope& scope) {
    if (in->request.header("accept").find("text/event-stream") == std::string_view::npos) {
        in->exchange->respond(rpc_problem(406, mcp::code::invalid_request,
                                          "The Accept header must allow text/event-stream."));
        return;
    }
    const auto session = session_of(context, *in, scope);
    if (!session) {
        return;
    }
    const std::string id(in->request.header(session_header));
    auto& sessions = context.runtime.sessions;
    if (!sessions.claim_stream(id)) {
        in->exchange->respond(rpc_problem(409, mcp::code::invalid_request,
                                          "The session has an open stream already."));
        return;
    }
    auto stream = in->exchange->open_stream({}, nullptr);
    const auto port = make_stream_port(stream);
    actors::bridge::tell(session->actor, actors::attach_stream{port});
    stream->on_end([actor = session->actor, port, id, &sessions](net::stream_end) {
        sessions.release_stream(id);
        actors::bridge::tell(actor, actors::stream_ended{port});
    });
}

void end_session(const context& context, const incoming_ptr& in, const endpoint_scope& scope) {
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
