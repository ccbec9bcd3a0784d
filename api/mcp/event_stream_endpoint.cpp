#include "api/mcp/endpoints.hpp"
#include "api/mcp/scope.hpp"
#include "api/ports.hpp"
#include "api/problem.hpp"

#include "actors/bridge/ask.hpp"
#include "net/percent_encoding.hpp"

// HTTP+SSE, revision 2024-11-05: a GET opens the stream, POSTs carry the client's messages.

namespace orch::api {

namespace {

/// Clients have stored which parameter each endpoint uses; both are accepted on both.
std::string message_address(const incoming& in, const endpoint_scope& scope, const uuid& id) {
    const std::string base = "/projects/" + net::percent_encode(in.path["project"]);
    return scope.server != nullptr ? base + "/servers/" + net::percent_encode(in.path["server"]) +
                                         "/messages?session_id=" + id.to_hex()
                                   : base + "/unified/messages?sessionId=" + id.to_string();
}

void open_stream(const context& context, const incoming_ptr& in, const endpoint_scope& scope) {
    if (context.runtime.sessions.size() >= context.runtime.options.actors.sessions_max) {
        in->exchange->respond(problem(503, "Too many client sessions are open."));
        return;
    }
    const auto id = uuid::random();
    auto stream = in->exchange->open_stream({}, nullptr);
    const auto port = make_stream_port(stream);
    auto setup = new_session(context, *in, scope, actors::session_kind::stream, id.to_hex());
    setup.stream = port;
    const auto session = actors::open_session(context.system, context.unit(in->request.unit),
                                              *context.runtime.clients, std::move(setup));
    if (!session) {
        stream->finish();
        return;
    }
    // Not before the session can be found: the client's first POST may come to another unit.
    stream->send(net::named_frame("endpoint", message_address(*in, scope, id)));
    stream->on_end([actor = *session, port](net::stream_end) {
        actors::bridge::tell(actor, actors::stream_ended{port});
    });
}

void post_message(const context& context, const incoming_ptr& in, const endpoint_scope& scope) {
    auto id = in->request.query_value("session_id");
    id = id ? id : in->request.query_value("sessionId");
    if (!id) {
        in->exchange->respond(problem(400, "The query needs session_id."));
        return;
    }
    const auto parsed = uuid::parse(*id);
    const auto session = parsed ? find_session(context, *in, scope, parsed->to_hex())
                                : std::nullopt;
    // A Streamable HTTP session has an id of the same form, but no stream for answers.
    if (!session || session->streams) {
        in->exchange->respond(problem(404, "There is no such session."));
        return;
    }
    const auto parts = read_message(*in);
    if (!parts) {
        return;
    }
    // The session answers on its own stream, so it needs no port of this request.
    auto message = admit(context, *in, std::move(in->request.body), *parts, nullptr);
    const bool is_refused = !message.refusal.empty();
    actors::bridge::tell(session->actor, std::move(message));
    if (!is_refused) {
        in->exchange->respond({202, "text/plain", "Accepted", {}});
    }
}

} // namespace

void open_server_sse(const context& context, const incoming_ptr& in) {
    on_server(context, in, model::entry_path::server_sse, open_stream);
}

void open_unified_sse(const context& context, const incoming_ptr& in) {
    on_unified(context, in, model::entry_path::unified_sse, open_stream);
}

void post_server_message(const context& context, const incoming_ptr& in) {
    on_server(context, in, model::entry_path::server_sse, post_message);
}

void post_unified_message(const context& context, const incoming_ptr& in) {
    on_unified(context, in, model::entry_path::unified_sse, post_message);
}

} // namespace orch::api
