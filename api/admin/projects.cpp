#include "api/admin/handlers.hpp"
#include "api/query.hpp"
#include "api/rest_types.hpp"
#include "api/timestamps.hpp"

#include "storage/session_store.hpp"

namespace orch::api {

namespace {

constexpr int sessions_max = 200;

project_view view_of(const model::project& project, const model::registry& registry) {
    return {project.id.to_string(),         project.name,
            project.display_name,           registry.servers_of(project.id).size(),
            project.unified_enabled,        project.retention_days,
            to_rfc3339(project.created_at), to_rfc3339(project.updated_at)};
}

session_view view_of(const model::client_session& row) {
    session_view view;
    view.id = row.id.to_string();
    if (!row.server.is_nil()) {
        view.server_id = row.server.to_string();
    }
    view.entry_path = model::to_string(row.path);
    view.principal = row.caller.principal;
    view.client_type = row.caller.client_type;
    view.client_name = row.caller.client_name;
    view.client_version = row.caller.client_version;
    view.protocol_version = row.protocol_version;
    view.user_agent = row.caller.user_agent;
    view.ip_address = row.caller.ip_address;
    view.is_active = !row.disconnected_at;
    view.total_calls = row.total_calls;
    view.successful_calls = row.successful_calls;
    view.failed_calls = row.failed_calls;
    view.connected_at = to_rfc3339(row.connected_at);
    view.last_activity = to_rfc3339(row.last_activity);
    view.disconnected_at = to_rfc3339(row.disconnected_at);
    return view;
}

} // namespace

void list_projects(const context& /*context*/, const incoming_ptr& in) {
    std::vector<project_view> views;
    for (const auto& project : in->registry->projects()) {
        if (in->who.may_see(project.id)) {
            views.push_back(view_of(project, *in->registry));
        }
    }
    in->exchange->respond(json_response(to_json(views)));
}

void show_project(const context& /*context*/, const incoming_ptr& in) {
    in->exchange->respond(json_response(to_json(view_of(*in->project, *in->registry))));
}

void list_sessions(const context& context, const incoming_ptr& in) {
    using rows = std::vector<model::client_session>;
    answer_from_database<rows>(
        context, in,
        [project = in->project->id](pqxx::connection& connection) {
            return storage::list_sessions(connection, project, sessions_max);
        },
        [](const rows& found) {
            std::vector<session_view> views;
            for (const auto& row : found) {
                views.push_back(view_of(row));
            }
            return json_response(to_json(views));
        });
}

} // namespace orch::api
