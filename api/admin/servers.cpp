#include "api/admin/handlers.hpp"
#include "api/ports.hpp"
#include "api/problem.hpp"
#include "api/query.hpp"
#include "api/rest_types.hpp"
#include "api/timestamps.hpp"

#include "actors/bridge/ask.hpp"
#include "actors/session_actor.hpp"
#include "api/mcp/scope.hpp"
#include "core/json_writer.hpp"
#include "storage/session_store.hpp"

namespace orch::api {

namespace {

constexpr std::chrono::seconds refresh_timeout{60};
constexpr std::chrono::seconds import_timeout{30};
constexpr int log_lines_max = 500;

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

server_view view_of(const model::server_entry& entry, const actors::server_view& known) {
    const auto& definition = entry.definition;
    server_view view;
    view.id = definition.id.to_string();
    view.project_id = definition.project.to_string();
    view.name = definition.name;
    view.display_name = definition.display_name;
    view.description = definition.description;
    view.transport_type = model::to_string(definition.kind);
    view.command = definition.command;
    view.args = definition.args;
    for (const auto& [name, value] : definition.env) {
        view.env_names.push_back(name);
    }
    view.cwd = definition.cwd;
    view.url = definition.url;
    view.timeout = std::chrono::duration<double>(definition.call_timeout).count();
    view.is_enabled = definition.enabled;
    view.status = model::to_string(definition.enabled ? known.status.state
                                                      : model::server_state::disabled);
    view.tools_count = known.status.tools_count;
    view.last_error = unless_empty(known.status.last_error);
    view.last_checked = to_rfc3339(known.status.last_checked);
    view.last_connected = to_rfc3339(known.status.last_connected);
    view.last_used_at = to_rfc3339(known.status.last_used);
    view.process = {known.pid, known.starts, known.restarts};
    view.created_at = to_rfc3339(definition.created_at);
    view.updated_at = to_rfc3339(definition.updated_at);
    return view;
}

std::vector<raw_json> definitions_of(const actors::tool_set_ptr& tools) {
    std::vector<raw_json> definitions;
    if (tools) {
        for (const auto& tool : tools->tools) {
            definitions.push_back({tool.definition});
        }
    }
    return definitions;
}

refresh_view view_of(const actors::status_report& report, const model::server_entry& entry) {
    return {"refreshed",
            entry.definition.id.to_string(),
            entry.definition.name,
            std::string(model::to_string(report.status.state)),
            report.status.tools_count,
            unless_empty(report.status.last_error),
            definitions_of(report.tools),
            to_rfc3339(report.status.last_checked.value_or(std::chrono::system_clock::now()))};
}

import_view view_of(const actors::import_report& report) {
    import_view view;
    for (const auto& server : report.servers) {
        view.results.push_back(
            {server.name, server.original_name, server.outcome, unless_empty(server.error)});
    }
    return view;
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
        views.push_back(view_of(
            *server,
            context.runtime.board.view(server->definition.id).value_or(actors::server_view{})));
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
    server_detail detail{view_of(*server, known), definitions_of(known.tools)};
    in->exchange->respond(json_response(to_json(detail)));
}

void import_servers(const context& context, const incoming_ptr& in) {
    const auto wanted = read_body<import_request>(in->request.body);
    if (!wanted) {
        in->exchange->respond(problem(wanted.error()));
        return;
    }
    actors::bridge::ask_command<actors::import_report>(
        context.system, context.unit(in->request.unit), context.runtime.registry_writer,
        actors::import_servers{in->project->id, wanted->config.text,
                               wanted->preview.value_or(false)},
        import_timeout, [in](const result<actors::import_report>& report) {
            in->exchange->respond(report ? json_response(to_json(view_of(*report)))
                                         : problem(report.error()));
        });
}

void refresh_one(const context& context, const incoming_ptr& in) {
    const auto* server = server_of(*in);
    if (server == nullptr) {
        in->exchange->respond(nothing_here());
        return;
    }
    actors::bridge::ask<actors::status_report>(
        context.system, context.unit(in->request.unit),
        context.runtime.board.actor(server->definition.id), actors::refresh_status{},
        refresh_timeout, [in, server](const result<actors::status_report>& report) {
            in->exchange->respond(report ? json_response(to_json(view_of(*report, *server)))
                                         : problem(report.error()));
        });
}

void refresh_all(const context& context, const incoming_ptr& in) {
    actors::bridge::ask<actors::status_reports>(
        context.system, context.unit(in->request.unit), context.runtime.refresh,
        actors::refresh_project{in->project->id}, refresh_timeout,
        [in, &context](const result<actors::status_reports>& reports) {
            if (!reports) {
                in->exchange->respond(problem(reports.error()));
                return;
            }
            refresh_all_view view{"refreshed", {}, to_rfc3339(context.runtime.clock.wall())};
            for (const auto& report : reports->reports) {
                if (const auto* server = in->registry->find_server(report.status.id)) {
                    view.servers[server->definition.id.to_string()] = view_of(report, *server);
                }
            }
            in->exchange->respond(json_response(to_json(view)));
        });
}

void list_server_log(const context& context, const incoming_ptr& in) {
    const auto* server = server_of(*in);
    if (server == nullptr) {
        in->exchange->respond(nothing_here());
        return;
    }
    using entries = std::vector<model::server_log_entry>;
    answer_from_database<entries>(
        context, in,
        [project = in->project->id, id = server->definition.id](pqxx::connection& connection) {
            return storage::list_server_log(connection, project, id, log_lines_max);
        },
        [](const entries& found) {
            std::vector<server_log_view> views;
            for (const auto& entry : found) {
                views.push_back({entry.id.to_string(), std::string(model::to_string(entry.level)),
                                 std::string(model::to_string(entry.category)), entry.message,
                                 to_rfc3339(entry.id.timestamp())});
            }
            return json_response(to_json(views));
        });
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
    std::string body = call_message(in->path["tool"], *wanted);
    const auto parts = mcp::parse_client_message(body);
    if (!parts) {
        in->exchange->respond(problem(400, parts.error().detail));
        return;
    }
    auto row = new_session_row(context, *in, *scope);
    row.caller.session = {};
    const auto session = actors::open_session(
        context.system, context.unit(in->request.unit), *context.runtime.clients,
        {actors::session_kind::one_call, "", std::move(row), {}});
    actors::bridge::tell(*session,
                         actors::client_message{std::move(body), *parts,
                                                make_rest_port(in->exchange, context.runtime.clock),
                                                in->request.received_at, in->authorised});
}

} // namespace orch::api
