#include "api/admin/handlers.hpp"
#include "api/fault_list.hpp"
#include "api/ports.hpp"
#include "api/problem.hpp"
#include "api/rest_types.hpp"
#include "api/server_views.hpp"

#include "actors/bridge/ask.hpp"
#include "actors/key_access.hpp"
#include "actors/session_actor.hpp"
#include "api/mcp/scope.hpp"
#include "core/json_writer.hpp"
#include "mcp/handshake.hpp"

namespace orch::api {

namespace {

/// People see all tools of a server; a key sees what it may call.
actors::item_set_ptr tools_for(const model::api_key* key, const model::server_entry& server,
                               actors::item_set_ptr known) {
    if (key == nullptr || !known) {
        return known;
    }
    auto offered = std::make_shared<actors::item_set>(*known);
    std::erase_if(offered->items, [&](const model::listed_item& tool) {
        return !actors::offers(key, server, tool.name);
    });
    return offered;
}

/// The tools/call message of one execution.
std::string call_message(const std::string& tool, const execution_request& wanted) {
    std::string params;
    json_writer(params)
        .begin_object()
        .key("name")
        .string(tool)
        .key("arguments")
        .raw(wanted.arguments ? wanted.arguments->text : "{}")
        .end_object();
    return mcp::make_request("1", "tools/call", params);
}

} // namespace

void list_servers(const context& context, const incoming_ptr& in) {
    std::vector<server_view> views;
    for (const auto* server : in->registry->servers_of(in->project->id)) {
        if (!actors::sees(key_of(*in), *server)) {
            continue;
        }
        views.push_back(view_of(*server, *in->registry, context));
    }
    in->exchange->respond(json_response(to_json(views)));
}

void show_server(const context& context, const incoming_ptr& in) {
    const auto* server = server_of(*in);
    if (server == nullptr) {
        in->exchange->respond(nothing_here());
        return;
    }
    const auto known =
        context.runtime.board.view(server->definition.id).value_or(actors::server_view{});
    server_detail detail{view_of(*server, *in->registry, context),
                         definitions_of(tools_for(key_of(*in), *server, known.lists.tools()))};
    in->exchange->respond(json_response(to_json(detail)));
}

void execute_tool(const context& context, const incoming_ptr& in) {
    const auto scope = server_scope(*in, model::entry_path::rest);
    if (!scope) {
        in->exchange->respond(problem(scope.error()));
        return;
    }
    const auto wanted = in->request.body.empty() ? result<execution_request>(execution_request{})
                                                 : read_body<execution_request>(in->request.body);
    if (!wanted) {
        in->exchange->respond(problem(wanted.error()));
        return;
    }
    if (wanted->arguments && !wanted->arguments->text.starts_with('{')) {
        fault_list faults;
        faults.add("arguments", "arguments must be a JSON object");
        in->exchange->respond(problem(faults.to_error()));
        return;
    }
    std::string body = call_message(in->path["tool"], *wanted);
    const auto parts = mcp::parse_client_message(body);
    if (!parts) {
        in->exchange->respond(problem(400, parts.error().detail));
        return;
    }
    auto setup = new_session(context, *in, *scope, actors::session_kind::one_call, "");
    setup.row.caller.session = {};
    // There is no handshake that would tell it.
    setup.row.caller.client_type = mcp::detect_client_type(setup.row.caller.user_agent, "");
    const auto session = actors::open_session(context.system, context.unit(in->request.unit),
                                              *context.runtime.clients, std::move(setup));
    // Nobody else could take the answer, so a call without its client is a call withdrawn.
    in->exchange->on_peer_gone(
        [session = *session] { actors::bridge::tell(session, actors::close_session{}); });
    actors::bridge::tell(*session, admit(context, *in, std::move(body), *parts,
                                         make_rest_port(in->exchange, context.runtime.clock)));
}

} // namespace orch::api
