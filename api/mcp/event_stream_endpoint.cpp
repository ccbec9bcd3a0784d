#include "api/mcp/endpoints.hpp"
#include "api/mcp/scope.hpp"
#include "api/ports.hpp"
#include "api/problem.hpp"

#include "actors/bridge/ask.hpp"

// HTTP+SSE, revision 2024-11-05: a GET opens the stream, POSTs carry the client's messages.

namespace orch::api {

namespace {

/// Path segments as they may stand in a URL.
std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
        if (plain) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += digits[byte >> 4];
            encoded += digits[byte & 0x0f];
        }
    }
    return encoded;
}

/// Clients have stored which parameter each endpoint uses; both are accepted on both.
std::string message_address(const incoming& in, const endpoint_scope& scope, const uuid& id) {
    const std::string base = "/projects/" + percent_encoded(in.path["project"]);
    return scope.server != nullptr ? base + "/servers/" + percent_encoded(in.path["server"]) +
                                         "/messages?session_id=" + id.to_hex()
                                   : base + "/unified/messages?sessionId=" + id.to_string();
}

void open_stream(const context& context, const incoming& in, const endpoint_scope& scope) {
    if (context.runtime.sessions.size() >= context.runtime.options.actors.sessions_max) {
        in.exchange->respond(problem(503, "Too many client sessions are open."));
        return;
    }
    const auto id = uuid::random();
    auto stream = in.exchange->open_stream({}, nullptr);
    const auto port = make_stream_port(stream);
    const auto session = actors::open_session(
        context.system, context.unit(in.request.unit), *context.runtime.clients,
        {actors::session_kind::stream, id.to_hex(), new_session_row(context, in, scope), port});
    if (!session) {
        stream->finish();
        return;
    }
    // Not before the session can be found: the client's first POST may come to another unit.
    stream->send(net::named_frame("endpoint", message_address(in, scope, id)));
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
    if (!session) {
        in->exchange->respond(problem(404, "There is no such session."));
        return;
    }
    const auto parts = read_message(*in);
    if (!parts) {
        return;
    }
    // The session answers on its own stream, so it needs no port of this request.
    actors::bridge::tell(session->actor,
                         actors::client_message{std::move(in->request.body), *parts, nullptr,
                                                in->request.received_at, in->authorised});
    in->exchange->respond({202, "text/plain", "Accepted", {}});
}

using run_in_scope = void (*)(const context&, const incoming_ptr&, const endpoint_scope&);

void within(const result<endpoint_scope>& scope, const context& context, const incoming_ptr& in,
            run_in_scope run) {
    if (scope) {
        run(context, in, *scope);
    } else {
        in->exchange->respond(problem(scope.error()));
    }
}

void open_within(const context& context, const incoming_ptr& in, const endpoint_scope& scope) {
    open_stream(context, *in, scope);
}

} // namespace

void open_server_sse(const context& context, const incoming_ptr& in) {
    within(server_scope(*in, model::entry_path::server_sse), context, in, open_within);
}

void open_unified_sse(const context& context, const incoming_ptr& in) {
    within(unified_scope(*in, model::entry_path::unified_sse), context, in, open_within);
}

void post_server_message(const context& context, const incoming_ptr& in) {
    within(server_scope(*in, model::entry_path::server_sse), context, in, post_message);
}

void post_unified_message(const context& context, const incoming_ptr& in) {
    within(unified_scope(*in, model::entry_path::unified_sse), context, in, post_message);
}

} // namespace orch::api
