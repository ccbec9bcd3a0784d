#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/problem.hpp"

#include "actors/runtime_gauges.hpp"
#include "net/process_usage.hpp"
#include "storage/database.hpp"

namespace orch::api {

void show_statistics(const context& context, const incoming_ptr& in) {
    const auto& registry = *in->registry;
    statistics_view view;
    view.total_users = registry.users().size();
    for (const auto& user : registry.users()) {
        view.active_users += user.is_active ? 1 : 0;
        view.admin_users += user.is_active && user.is_admin ? 1 : 0;
    }
    view.total_teams = registry.teams().size();
    view.total_projects = registry.projects().size();
    view.total_servers = registry.servers().size();
    for (const auto& server : registry.servers()) {
        const auto known = context.runtime.board.view(server.definition.id);
        const bool online = known && known->status.state == model::server_state::online;
        view.online_servers += online && server.definition.enabled ? 1 : 0;
    }
    view.total_api_keys = registry.keys().size();
    view.live_sessions = context.runtime.sessions.size();
    view.memory_bytes = net::own_memory_bytes();
    view.running_actors = actors::running_actors(context.system);
    view.waiting_for_database = context.runtime.database->waiting();
    in->exchange->respond(json_response(to_json(view)));
}

} // namespace orch::api
