#include "api/openapi/operations.hpp"

#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/call_query.hpp"
#include "api/call_types.hpp"
#include "api/identity/handlers.hpp"
#include "api/key_types.hpp"
#include "api/log_view_types.hpp"
#include "api/migration_types.hpp"
#include "api/name_list.hpp"
#include "api/observation_types.hpp"
#include "api/project_types.hpp"
#include "api/rest_types.hpp"
#include "api/scheduler_types.hpp"
#include "api/secret_types.hpp"
#include "api/server_types.hpp"
#include "api/storage_types.hpp"
#include "api/team_types.hpp"
#include "api/tenant_types.hpp"
#include "api/usage_types.hpp"

#include <algorithm>
#include <array>

namespace orch::api {

namespace {

template <class T>
constexpr schema_printer reads = &print_schema<T, direction::request>;
template <class T>
constexpr schema_printer says = &print_schema<T, direction::answer>;

/// Lists of parameters as one, with a blank between them.
template <const std::string_view&... lists>
constexpr auto joined_text = [] {
    std::array<char, (lists.size() + ...) + sizeof...(lists) - 1> text{};
    std::size_t at = 0;
    for (const auto list : {lists...}) {
        at += at == 0 ? 0 : 1;
        for (const char c : list) {
            text[at++] = c;
        }
        if (at < text.size()) {
            text[at] = ' ';
        }
    }
    return text;
}();
template <const std::string_view&... lists>
constexpr std::string_view joined{joined_text<lists...>.data(), joined_text<lists...>.size()};

constexpr std::string_view of_project = "project_id";
constexpr std::string_view which_calls = joined<of_project, narrowing_parameters>;
constexpr std::string_view calls_of_kind = joined<of_project, kind_parameters>;
constexpr std::string_view paged = "page_size page cursor";
constexpr std::string_view divided = "buckets";
constexpr std::string_view grouped = "group_by order limit";
constexpr std::string_view exported = "format";
constexpr std::string_view watched = "since";
constexpr std::string_view call_query = joined<which_calls, paged>;
constexpr std::string_view with_bodies = "bodies";
constexpr std::string_view list_query = joined<call_query, with_bodies>;
constexpr std::string_view chart_query = joined<which_calls, divided>;
constexpr std::string_view group_query = joined<which_calls, grouped>;
constexpr std::string_view export_query = joined<which_calls, exported>;
constexpr std::string_view watch_query = joined<calls_of_kind, watched>;

constexpr std::string_view lines_of_kind = "level category search_text";
constexpr std::string_view which_lines = joined<lines_of_kind, range_parameters>;
constexpr std::string_view by_server = "server_id";
constexpr std::string_view walked = "limit cursor";
constexpr std::string_view line_query = joined<which_lines, walked>;
constexpr std::string_view which_project_lines = joined<which_lines, by_server>;
constexpr std::string_view project_line_query = joined<which_project_lines, walked>;
constexpr std::string_view which_all_lines = joined<which_project_lines, of_project>;
constexpr std::string_view all_line_query = joined<which_all_lines, walked>;
constexpr std::string_view watch_line_query = joined<lines_of_kind, watched>;
constexpr std::string_view watch_project_line_query = joined<watch_line_query, by_server>;
constexpr std::string_view watch_all_line_query = joined<watch_project_line_query, of_project>;

constexpr std::array table{
    operation{health, "Whether everything works", nullptr, says<health_view>},

    operation{show_entrance, "How somebody without an account comes in", nullptr,
              says<entrance_view>},
    operation{set_up, "Make the first account", reads<set_up_request>, says<signed_in_view>, 201},
    operation{sign_up, "Make an account", reads<sign_up_request>, says<message_view>, 202},
    operation{log_in, "Sign in", reads<login_request>, says<signed_in_view>},
    operation{log_out, "Sign out", nullptr, says<message_view>},
    operation{show_profile, "Your account", nullptr, says<account_view>},
    operation{update_profile, "Change your account", reads<update_profile_request>,
              says<account_view>},
    operation{change_password, "Change your password", reads<change_password_request>,
              says<message_view>},
    operation{close_profile, "Close your account", nullptr, says<message_view>},
    operation{deactivate_users, "Close several accounts", reads<close_accounts_request>,
              says<closed_accounts_view>},
    operation{show_statistics, "How much there is of everything", nullptr, says<statistics_view>},
    operation{list_users, "All accounts", nullptr, says<account_page_view>, 200,
              "search include_inactive page per_page"},
    operation{create_user, "Make an account for somebody", reads<create_user_request>,
              says<admin_account_view>, 201},
    operation{show_user, "An account", nullptr, says<admin_account_view>},
    operation{update_user, "Change an account, close it or open it again",
              reads<update_user_request>, says<admin_account_view>},
    operation{deactivate_user, "Close an account and end its logins", nullptr, says<message_view>},
    operation{reset_password, "Give an account another password and end its logins",
              reads<set_password_request>, says<message_view>},

    operation{list_teams, "The teams that you are in", nullptr, says<std::vector<team_view>>},
    operation{create_team, "Make a team that you own", reads<create_team_request>, says<team_view>,
              201},
    operation{show_team, "A team", nullptr, says<team_view>},
    operation{update_team, "Change a team", reads<update_team_request>, says<team_view>},
    operation{delete_team, "Delete a team", nullptr, says<message_view>},
    operation{list_team_members, "The members of a team", nullptr,
              says<std::vector<team_member_view>>},
    operation{invite_to_team, "Take somebody who has an account into a team",
              reads<invite_to_team_request>, says<team_member_view>, 201},
    operation{update_team_member, "Change the role of a member of a team",
              reads<update_member_request>, says<team_member_view>},
    operation{remove_team_member, "Remove a member from a team", nullptr, says<message_view>},
    operation{list_team_projects, "The projects that a team takes part in", nullptr,
              says<std::vector<team_project_view>>},
    operation{list_available_teams, "Teams that could come to a project", nullptr,
              says<std::vector<available_team_view>>},
    operation{invite_team, "Take everybody of a team into a project", reads<invite_team_request>,
              says<invited_team_view>, 201},
    operation{remove_team, "Remove from a project everybody who came with a team", nullptr,
              says<message_view>},
    operation{list_projects, "The projects that you may see", nullptr,
              says<std::vector<project_view>>},
    operation{create_project, "Make a project that you own", reads<create_project_request>,
              says<project_view>, 201},
    operation{show_project, "A project with its members and what happened last", nullptr,
              says<project_detail>},
    operation{update_project, "Change a project", reads<update_project_request>,
              says<project_view>},
    operation{delete_project, "Delete a project with all that is in it", nullptr,
              says<message_view>},
    operation{list_members, "The members of a project", nullptr, says<std::vector<member_view>>},
    operation{invite_member, "Invite somebody who has an account", reads<invite_member_request>,
              says<member_view>, 201},
    operation{update_member, "Change the role of a member", reads<update_member_request>,
              says<member_view>},
    operation{remove_member, "Remove a member", nullptr, says<message_view>},
    operation{list_activities, "What people changed, newest first", nullptr,
              says<activity_page_view>, 200,
              "action_filter severity_filter user_id target_type start_time end_time search limit"
              " cursor include_tool_calls"},
    operation{summarise_activities, "How often what was changed in a project", nullptr,
              says<activity_summary_view>},
    operation{list_favourites, "Your favourites in a project, oldest first", nullptr,
              says<std::vector<favourite_view>>, 200, "favorite_type"},
    operation{add_favourite, "Remember a favourite", reads<add_favourite_request>,
              says<favourite_view>, 201},
    operation{remove_favourite, "Forget a favourite", nullptr, says<message_view>},
    operation{remove_favourite_of, "Forget the favourite for a target", nullptr, says<message_view>,
              200, "favorite_type target_id"},
    operation{list_log_views, "Your views of the call log of a project, by name", nullptr,
              says<std::vector<log_view_view>>},
    operation{create_log_view, "Keep a query of the call log under a name",
              reads<create_log_view_request>, says<log_view_view>, 201},
    operation{show_log_view, "A view of the call log", nullptr, says<log_view_view>},
    operation{update_log_view, "Change a view; what is absent stays",
              reads<update_log_view_request>, says<log_view_view>},
    operation{delete_log_view, "Delete a view", nullptr, says<message_view>},
    operation{show_security, "Who may come in at the endpoints of a project", nullptr,
              says<security_view>},
    operation{update_security, "Change who may come in; what is absent stays",
              reads<update_security_request>, says<security_view>},
    operation{explain, "What a principal may do, and why", nullptr, says<explanation_view>, 200,
              "principal server tool"},

    operation{list_servers, "The servers of a project, as they were last seen", nullptr,
              says<std::vector<server_view>>},
    operation{show_server, "A server with its tools, as it was last seen", nullptr,
              says<server_detail>},
    operation{create_server, "Make a server", reads<create_server_request>, says<server_view>, 201},
    operation{update_server, "Change a server; what is absent stays", reads<update_server_request>,
              says<server_view>},
    operation{delete_server, "Stop and delete a server", nullptr, says<message_view>},
    operation{delete_server_by_parameter, "Stop and delete the server that the query names",
              nullptr, says<message_view>, 200, "serverId"},
    operation{toggle_server, "Switch a server off or on", nullptr, says<toggled_view>},
    operation{restart_server, "End the process of a server and start another", nullptr,
              says<refresh_view>},
    operation{show_process, "The process of a server: what it takes, and how it came and went",
              nullptr, says<process_detail_view>},
    operation{test_connection, "Try a definition out without storing it",
              reads<test_connection_request>, says<connection_view>},
    operation{test_server, "Try a server out in a process of its own", nullptr,
              says<connection_view>},
    operation{export_servers, "The servers as a client configuration, without secrets", nullptr,
              says<raw_json>, 200, "format"},
    operation{list_project_tools, "All tools of all servers of a project, as they were last listed",
              nullptr, says<std::vector<project_tool_view>>},
    operation{list_server_tools, "All tools of a server, with their switches", nullptr,
              says<std::vector<server_tool_view>>},
    operation{list_tool_preferences, "The switches of tools", nullptr,
              says<std::vector<tool_preference_view>>, 200, "server_id"},
    operation{put_tool_preferences, "Switch several tools", reads<tool_preferences_request>,
              says<tool_preferences_answer>},
    operation{put_tool_preference, "Offer a tool, or do not", reads<tool_switch_request>,
              says<message_view>},
    operation{delete_tool_preference, "Take the switch of a tool away: it is offered", nullptr,
              says<message_view>},
    operation{import_servers, "Take over servers from the configuration of a client",
              reads<import_request>, says<import_view>},
    operation{refresh_one, "Ask a server for its tools now", nullptr, says<refresh_view>},
    operation{refresh_all, "Ask all servers for their tools now", nullptr, says<refresh_all_view>},
    operation{list_server_log, "What a server and its process said, newest first", nullptr,
              says<server_log_page_view>, 200, line_query},
    operation{list_server_logs, "What the servers of a project said, newest first", nullptr,
              says<server_log_page_view>, 200, project_line_query},
    operation{list_all_server_logs, "What all servers said, newest first", nullptr,
              says<server_log_page_view>, 200, all_line_query},
    operation{stream_server_log, "What a server says, as server-sent events", nullptr,
              says<server_log_line_view>, 200, watch_line_query, "text/event-stream"},
    operation{stream_server_logs, "What the servers of a project say, as server-sent events",
              nullptr, says<server_log_line_view>, 200, watch_project_line_query,
              "text/event-stream"},
    operation{stream_all_server_logs, "What all servers say, as server-sent events", nullptr,
              says<server_log_line_view>, 200, watch_all_line_query, "text/event-stream"},
    operation{summarise_server_log, "How much a server said, and its newest errors", nullptr,
              says<server_log_summary_view>, 200, which_lines},
    operation{summarise_server_logs, "How much the servers of a project said, and what went wrong",
              nullptr, says<server_log_summary_view>, 200, which_project_lines},
    operation{summarise_all_server_logs, "How much all servers said, and what went wrong", nullptr,
              says<server_log_summary_view>, 200, which_all_lines},
    operation{execute_tool, "Call a tool", reads<execution_request>, says<execution_answer>},
    operation{list_sessions, "Client sessions, live and past, newest first", nullptr,
              says<session_page_view>, 200,
              "state client_type principal server_id time_range start_time end_time limit cursor"},
    operation{show_session, "One client session", nullptr, says<session_view>},

    operation{show_usage, "What was used of a project day by day, also when the calls are gone",
              nullptr, says<usage_view>, 200, "from to group_by"},
    operation{show_storage, "What the records take on disk, and how old they are", nullptr,
              says<storage_view>},
    operation{show_all_usage, "What was used of all projects", nullptr, says<usage_view>, 200,
              "from to group_by project_id"},

    operation{list_keys, "The keys of a project, without the keys themselves", nullptr,
              says<std::vector<key_view>>},
    operation{create_key, "Make a key; the only answer that shows it", reads<create_key_request>,
              says<created_key_view>, 201},
    operation{show_key, "A key, without the key itself", nullptr, says<key_view>},
    operation{update_key, "Change what a key opens, hold it back or revoke it",
              reads<update_key_request>, says<key_view>},
    operation{delete_key, "Revoke and delete a key", nullptr, says<message_view>},
    operation{rotate_key, "Put a new key in the place of one, which goes on for a while",
              reads<rotate_key_request>, says<created_key_view>, 201},
    operation{transfer_project, "Give a project to another owner", reads<transfer_request>,
              says<message_view>},
    operation{transfer_team, "Give a team to another owner", reads<transfer_request>,
              says<message_view>},
    operation{leave_project, "Leave a project", nullptr, says<message_view>},
    operation{leave_team, "Leave a team", nullptr, says<message_view>},
    operation{list_all_projects, "All projects", nullptr, says<admin_project_page_view>, 200,
              "search page per_page"},
    operation{list_all_teams, "All teams", nullptr, says<admin_team_page_view>, 200,
              "search page per_page"},
    operation{migrate, "Take everything over from the Python mcp-orch", reads<migration_request>,
              says<migration_view>},
    operation{show_scheduler, "When the status of all servers is refreshed, and how that goes",
              nullptr, says<scheduler_view>},
    operation{start_scheduler, "Refresh the status of all servers every interval", nullptr,
              says<scheduler_action_view>},
    operation{stop_scheduler, "Refresh nothing any more unless somebody asks", nullptr,
              says<scheduler_action_view>},
    operation{restart_scheduler, "Begin the interval anew", nullptr, says<scheduler_action_view>},
    operation{run_scheduler, "Refresh the status of all servers now", nullptr,
              says<scheduler_action_view>, 202},
    operation{configure_scheduler, "Change the schedule; what is absent stays",
              reads<scheduler_config_request>, says<scheduler_action_view>},
    operation{list_scheduler_runs, "The last refreshes of all servers, newest first", nullptr,
              says<std::vector<scheduler_run_view>>, 200, "limit"},
    operation{show_secrets, "The keys that encrypt secrets, by their ids", nullptr,
              says<secrets_view>},
    operation{rotate_secrets, "Encrypt all secrets with a fresh key", nullptr, says<secrets_view>},
    operation{list_all_keys, "The keys of all projects", nullptr, says<admin_key_page_view>, 200,
              "search project_id is_active expired_only page per_page"},
    operation{key_statistics, "How many keys there are, and in which state", nullptr,
              says<key_statistics_view>},

    operation{list_calls, "Recorded tool calls, newest first", nullptr, says<call_page_view>, 200,
              list_query},
    operation{show_call, "One recorded tool call", nullptr, says<call_view>, 200, "project_id"},
    operation{export_calls, "Recorded tool calls as a download, one JSON per line or CSV", nullptr,
              says<call_view>, 200, export_query, "application/x-ndjson"},
    operation{stream_calls, "Tool calls as they are recorded, as server-sent events", nullptr,
              says<call_view>, 200, watch_query, "text/event-stream"},
    operation{count_call_facets, "What recorded calls could be narrowed to, with counts", nullptr,
              says<call_facets_view>, 200, call_query},
    operation{chart_calls, "Recorded calls over time, by status", nullptr,
              says<call_histogram_view>, 200, chart_query},
    operation{measure_call_groups, "Tool calls by server, tool, client or caller", nullptr,
              says<call_groups_view>, 200, group_query},
    operation{measure_call_series, "Tool calls over time, with latency", nullptr,
              says<call_series_view>, 200, chart_query},
    operation{list_unused_tools, "Tools that nobody called", nullptr, says<unused_tools_view>, 200,
              "project_id time_range start_time end_time"},
    operation{measure_calls, "Success rate, latency and errors of tool calls", nullptr,
              says<call_metrics_view>, 200, call_query},
};

} // namespace

std::span<const operation> operations() { return table; }

bool operation::takes(std::string_view parameter) const noexcept {
    return is_listed(parameter, query);
}

const operation* operation_of(handler run) noexcept {
    const auto* const found = std::find_if(table.begin(), table.end(),
                                           [run](const operation& one) { return one.run == run; });
    return found == table.end() ? nullptr : found;
}

} // namespace orch::api
