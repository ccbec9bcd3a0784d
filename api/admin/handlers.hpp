#pragma once

#include "api/context.hpp"

// The REST surface. Lists answer from what is known; none of them starts a process.

namespace orch::api {

// system.cpp
void about(const context& context, const incoming_ptr& in);
void health(const context& context, const incoming_ptr& in);
void livez(const context& context, const incoming_ptr& in);
void readyz(const context& context, const incoming_ptr& in);
void metrics(const context& context, const incoming_ptr& in);

// projects.cpp
void list_projects(const context& context, const incoming_ptr& in);
void show_project(const context& context, const incoming_ptr& in);
void create_project(const context& context, const incoming_ptr& in);
void update_project(const context& context, const incoming_ptr& in);
void delete_project(const context& context, const incoming_ptr& in);

// members.cpp
void list_members(const context& context, const incoming_ptr& in);
void invite_member(const context& context, const incoming_ptr& in);
void update_member(const context& context, const incoming_ptr& in);
void remove_member(const context& context, const incoming_ptr& in);

// activities.cpp
void list_activities(const context& context, const incoming_ptr& in);
void summarise_activities(const context& context, const incoming_ptr& in);

// favourites.cpp: of the account that asks, nobody else's
void list_favourites(const context& context, const incoming_ptr& in);
void add_favourite(const context& context, const incoming_ptr& in);
void remove_favourite(const context& context, const incoming_ptr& in);
void remove_favourite_of(const context& context, const incoming_ptr& in);

// storage.cpp
void show_storage(const context& context, const incoming_ptr& in);
// log_views.cpp: of the account that asks, nobody else's
void list_log_views(const context& context, const incoming_ptr& in);
void show_log_view(const context& context, const incoming_ptr& in);
void create_log_view(const context& context, const incoming_ptr& in);
void update_log_view(const context& context, const incoming_ptr& in);
void delete_log_view(const context& context, const incoming_ptr& in);

// statistics.cpp
void show_statistics(const context& context, const incoming_ptr& in);

// teams.cpp
void list_teams(const context& context, const incoming_ptr& in);
void show_team(const context& context, const incoming_ptr& in);
void create_team(const context& context, const incoming_ptr& in);
void update_team(const context& context, const incoming_ptr& in);
void delete_team(const context& context, const incoming_ptr& in);
void list_team_projects(const context& context, const incoming_ptr& in);

// team_members.cpp
void list_team_members(const context& context, const incoming_ptr& in);
void invite_to_team(const context& context, const incoming_ptr& in);
void update_team_member(const context& context, const incoming_ptr& in);
void remove_team_member(const context& context, const incoming_ptr& in);

// project_teams.cpp
void list_available_teams(const context& context, const incoming_ptr& in);
void invite_team(const context& context, const incoming_ptr& in);
void remove_team(const context& context, const incoming_ptr& in);

// ownership.cpp
void transfer_project(const context& context, const incoming_ptr& in);
void transfer_team(const context& context, const incoming_ptr& in);
void leave_project(const context& context, const incoming_ptr& in);
void leave_team(const context& context, const incoming_ptr& in);

// usage.cpp
void show_usage(const context& context, const incoming_ptr& in);
void show_all_usage(const context& context, const incoming_ptr& in);

// all_tenants.cpp
void list_all_projects(const context& context, const incoming_ptr& in);
void list_all_teams(const context& context, const incoming_ptr& in);

// migrations.cpp
void migrate(const context& context, const incoming_ptr& in);

// scheduler.cpp
void show_scheduler(const context& context, const incoming_ptr& in);
void start_scheduler(const context& context, const incoming_ptr& in);
void stop_scheduler(const context& context, const incoming_ptr& in);
void restart_scheduler(const context& context, const incoming_ptr& in);
void run_scheduler(const context& context, const incoming_ptr& in);
void configure_scheduler(const context& context, const incoming_ptr& in);
void list_scheduler_runs(const context& context, const incoming_ptr& in);

// secrets.cpp
void show_secrets(const context& context, const incoming_ptr& in);
void rotate_secrets(const context& context, const incoming_ptr& in);

// security.cpp
void show_security(const context& context, const incoming_ptr& in);
void update_security(const context& context, const incoming_ptr& in);

// explain.cpp
void explain(const context& context, const incoming_ptr& in);

// servers.cpp
void list_servers(const context& context, const incoming_ptr& in);
void show_server(const context& context, const incoming_ptr& in);
void import_servers(const context& context, const incoming_ptr& in);
void refresh_one(const context& context, const incoming_ptr& in);
void refresh_all(const context& context, const incoming_ptr& in);
void execute_tool(const context& context, const incoming_ptr& in);

void restart_server(const context& context, const incoming_ptr& in);

// server_logs.cpp: of one server, of a project, of all projects
void list_server_log(const context& context, const incoming_ptr& in);
void list_server_logs(const context& context, const incoming_ptr& in);
void list_all_server_logs(const context& context, const incoming_ptr& in);
void stream_server_log(const context& context, const incoming_ptr& in);
void stream_server_logs(const context& context, const incoming_ptr& in);
void stream_all_server_logs(const context& context, const incoming_ptr& in);
void summarise_server_log(const context& context, const incoming_ptr& in);
void summarise_server_logs(const context& context, const incoming_ptr& in);
void summarise_all_server_logs(const context& context, const incoming_ptr& in);

// sessions.cpp
void list_sessions(const context& context, const incoming_ptr& in);
void show_session(const context& context, const incoming_ptr& in);

// server_process.cpp, server_probes.cpp, server_exports.cpp
void show_process(const context& context, const incoming_ptr& in);
void test_connection(const context& context, const incoming_ptr& in);
void test_server(const context& context, const incoming_ptr& in);
void export_servers(const context& context, const incoming_ptr& in);

// server_changes.cpp, server_imports.cpp
void create_server(const context& context, const incoming_ptr& in);
void update_server(const context& context, const incoming_ptr& in);
void delete_server(const context& context, const incoming_ptr& in);
void delete_server_by_parameter(const context& context, const incoming_ptr& in);
void toggle_server(const context& context, const incoming_ptr& in);

// server_tools.cpp
void list_project_tools(const context& context, const incoming_ptr& in);
void list_server_tools(const context& context, const incoming_ptr& in);
void list_tool_preferences(const context& context, const incoming_ptr& in);
void put_tool_preferences(const context& context, const incoming_ptr& in);
void put_tool_preference(const context& context, const incoming_ptr& in);
void delete_tool_preference(const context& context, const incoming_ptr& in);

// keys.cpp
void list_keys(const context& context, const incoming_ptr& in);
void create_key(const context& context, const incoming_ptr& in);
void show_key(const context& context, const incoming_ptr& in);
void update_key(const context& context, const incoming_ptr& in);
void delete_key(const context& context, const incoming_ptr& in);
void rotate_key(const context& context, const incoming_ptr& in);
void list_all_keys(const context& context, const incoming_ptr& in);
void key_statistics(const context& context, const incoming_ptr& in);

// calls.cpp, call_export.cpp, call_stream.cpp
void list_calls(const context& context, const incoming_ptr& in);
void export_calls(const context& context, const incoming_ptr& in);
void stream_calls(const context& context, const incoming_ptr& in);
void show_call(const context& context, const incoming_ptr& in);

// call_metrics.cpp
void measure_calls(const context& context, const incoming_ptr& in);
void measure_call_groups(const context& context, const incoming_ptr& in);
void measure_call_series(const context& context, const incoming_ptr& in);
void count_call_facets(const context& context, const incoming_ptr& in);
void chart_calls(const context& context, const incoming_ptr& in);
void list_unused_tools(const context& context, const incoming_ptr& in);

} // namespace orch::api
