#include "api/mcp/scope.hpp"

#include "actors/posted_reply.hpp"
#include "api/ports.hpp"
#include "api/problem.hpp"
#include "core/ascii.hpp"

namespace orch::api {

namespace {

result<endpoint_scope> unified_scope(const incoming& in, model::entry_path path) {
    if (!in.project->unified_enabled) {
        return error{errc::not_found, "The unified endpoint of this project is off."};
    }
    return endpoint_scope{in.project, nullptr, path};
}

void within(const result<endpoint_scope>& scope, const context& context, const incoming_ptr& in,
            scoped_handler handle) {
    if (scope) {
        handle(context, in, *scope);
    } else {
        in->exchange->respond(problem(scope.error()));
    }
}

} // namespace

result<endpoint_scope> server_scope(const incoming& in, model::entry_path path) {
    const auto* server = server_of(in);
    if (server == nullptr || !server->definition.enabled) {
        return error{errc::not_found, "There is no such server, or it is disabled."};
    }
    return endpoint_scope{in.project, server, path};
}

void on_server(const context& context, const incoming_ptr& in, model::entry_path path,
               scoped_handler handle) {
    within(server_scope(*in, path), context, in, handle);
}

void on_unified(const context& context, const incoming_ptr& in, model::entry_path path,
                scoped_handler handle) {
    within(unified_scope(*in, path), context, in, handle);
}

model::client_session new_session_row(const context& context, const incoming& in,
                                      const endpoint_scope& scope) {
    model::client_session row;
    row.id = {context.runtime.sequence.next(in.request.received_at)};
    row.instance = context.runtime.instance;
    row.project = scope.project->id;
    row.server = scope.server_key();
    row.path = scope.path;
    row.caller.session = row.id;
    row.caller.principal = in.used_as;
    row.caller.ip_address = in.request.client_address;
    row.caller.user_agent = in.request.header("user-agent").substr(0, 500);
    row.connected_at = in.request.received_at;
    row.last_activity = row.connected_at;
    return row;
}

actors::session_setup new_session(const context& context, const incoming& in,
                                  const endpoint_scope& scope, actors::session_kind kind,
                                  std::string transport_id) {
    actors::session_setup setup;
    setup.kind = kind;
    setup.transport_id = std::move(transport_id);
    setup.row = new_session_row(context, in, scope);
    setup.key = in.who.key;
    setup.open_endpoint = in.who.kind == principal::kind::everybody &&
                          context.options.anonymous == anonymous_access::refused;
    return setup;
}

actors::client_message admit(const context& context, const incoming& in, std::string body,
                             const mcp::envelope& parts, actors::reply_port_ptr port,
                             company comes_in) {
    actors::client_message message{std::move(body), parts, std::move(port), in.request.received_at,
                                   in.authorised};
    const auto* key = key_of(in);
    if (key == nullptr || parts.kind != mcp::message_kind::request ||
        parts.method.of(message.body) != "tools/call") {
        return message;
    }
    auto verdict = context.runtime.keys.begin_call(key->id, key->limits);
    message.permit = std::move(verdict.permit);
    if (verdict.wait) {
        message.refusal = "The key has used up its calls for now";
        message.port = comes_in == company::alone
                           ? make_refusal_port(
                                 in.exchange,
                                 problem_for_now(429, message.refusal + '.', *verdict.wait))
                           : actors::make_settled_reply(std::move(message.port),
                                                        mcp::make_error(parts.id.of(message.body),
                                                                        mcp::code::internal_error,
                                                                        message.refusal));
    }
    return message;
}

std::optional<actors::session_contact> find_session(const context& context, const incoming& in,
                                                    const endpoint_scope& scope,
                                                    const std::string& transport_id) {
    return context.runtime.sessions.find(transport_id,
                                         {in.used_as, scope.project->id, scope.server_key()},
                                         context.runtime.clock.monotonic());
}

bool holds_json(const incoming& in) {
    const auto named = in.request.header("content-type");
    const bool json = ascii_lowered(trim(named.substr(0, named.find(';')), " \t")) ==
                      "application/json";
    if (!json) {
        in.exchange->respond(problem(415, "The Content-Type must be application/json."));
    }
    return json;
}

std::optional<mcp::envelope> read_message(incoming& in) {
    if (!holds_json(in)) {
        return std::nullopt;
    }
    const auto parts = mcp::parse_client_message(in.request.body);
    if (!parts) {
        in.exchange->respond(refused_message(parts.error()));
        return std::nullopt;
    }
    return *parts;
}

net::response refused_message(const mcp::message_fault& fault) {
    return json_response(mcp::make_error(fault.id, fault.rpc_code, fault.detail), 400);
}

} // namespace orch::api
