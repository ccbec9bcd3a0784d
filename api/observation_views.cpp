#include "api/observation_views.hpp"

#include "api/page_cursor.hpp"
#include "api/server_views.hpp"
#include "api/timestamps.hpp"

#include <array>

namespace orch::api {

namespace {

constexpr std::array levels{model::log_level::debug, model::log_level::info,
                            model::log_level::warning, model::log_level::error};
constexpr std::array categories{model::log_category::startup,  model::log_category::handshake,
                                model::log_category::shutdown, model::log_category::crash,
                                model::log_category::output,   model::log_category::refresh};

std::vector<server_log_line_view> lines_of(const std::vector<model::server_log_entry>& entries,
                                           const model::registry& registry) {
    std::vector<server_log_line_view> views;
    views.reserve(entries.size());
    for (const auto& entry : entries) {
        views.push_back(view_of(entry, registry));
    }
    return views;
}

} // namespace

server_log_line_view view_of(const model::server_log_entry& entry,
                             const model::registry& registry) {
    server_log_line_view view{view_of(entry), entry.project.to_string(), {}, {}, {}};
    if (const auto* project = registry.find_project(entry.project)) {
        view.project_name = project->name;
    }
    view.server_id = entry.server.to_string();
    if (const auto* server = registry.find_server(entry.server)) {
        view.server_name = server->definition.name;
    }
    return view;
}

server_log_page_view view_of(const storage::server_log_page& page, const server_log_query& query,
                             const model::registry& registry) {
    server_log_page_view view{lines_of(page.entries, registry), {}};
    if (page.next_cursor) {
        view.next_cursor = print_cursor({*page.next_cursor, query.filter.from}, query.tag);
    }
    return view;
}

server_log_summary_view view_of(const storage::server_log_summary& summary,
                                const model::registry& registry) {
    server_log_summary_view view;
    for (const auto level : levels) {
        view.level_counts.emplace(model::to_string(level), 0);
    }
    for (const auto category : categories) {
        view.category_counts.emplace(model::to_string(category), 0);
    }
    for (const auto& [level, category, lines] : summary.counts) {
        view.total_logs += lines;
        view.level_counts[std::string(model::to_string(level))] += lines;
        view.category_counts[std::string(model::to_string(category))] += lines;
    }
    view.recent_errors = lines_of(summary.newest_errors, registry);
    return view;
}

session_view view_of(const model::client_session& row, const principal_names& names,
                     const model::registry& registry) {
    session_view view;
    view.id = row.id.to_string();
    if (!row.server.is_nil()) {
        view.server_id = row.server.to_string();
    }
    if (const auto* server = registry.find_server(row.server)) {
        view.server_name = server->definition.name;
    }
    view.entry_path = model::to_string(row.path);
    view.principal = row.caller.principal;
    view.principal_name = names.of(view.principal);
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

session_page_view view_of(const storage::session_page& page, const session_query& query,
                          const principal_names& names, const model::registry& registry) {
    session_page_view view;
    for (const auto& row : page.sessions) {
        view.sessions.push_back(view_of(row, names, registry));
    }
    if (page.next_cursor) {
        view.next_cursor = print_cursor({page.next_cursor->value, query.filter.from}, query.tag);
    }
    return view;
}

} // namespace orch::api
