#pragma once

#include "api/described_json.hpp"
#include "api/rest_types.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

// Bodies that change servers and say which of their tools are offered. Values of variables and
// headers go in and never come out.

namespace orch::api {

struct create_server_request {
    std::string name;
    std::optional<std::string> display_name;
    std::optional<std::string> description;
    std::optional<std::string> transport_type;
    std::optional<std::string> command;
    std::optional<std::vector<std::string>> args;
    std::optional<std::map<std::string, std::string>> env;
    std::optional<std::string> cwd;
    std::optional<std::string> url;
    std::optional<std::map<std::string, std::string>> headers;
    /// Seconds.
    std::optional<double> timeout;
    std::optional<bool> is_enabled;
    /// Null for what the project says.
    patch<bool> jwt_auth_required;
    std::optional<std::string> process_policy;
};
BOOST_DESCRIBE_STRUCT(create_server_request, (),
                      (name, display_name, description, transport_type, command, args, env, cwd,
                       url, headers, timeout, is_enabled, jwt_auth_required, process_policy))

/// A definition to try out, which need not have a name.
struct test_connection_request {
    std::optional<std::string> name;
    std::optional<std::string> transport_type;
    std::optional<std::string> command;
    std::optional<std::vector<std::string>> args;
    std::optional<std::map<std::string, std::string>> env;
    std::optional<std::string> cwd;
    std::optional<std::string> url;
    std::optional<std::map<std::string, std::string>> headers;
    /// Seconds, 60 at most.
    std::optional<double> timeout;
};
BOOST_DESCRIBE_STRUCT(test_connection_request, (),
                      (name, transport_type, command, args, env, cwd, url, headers, timeout))

/// What came of trying a definition out.
struct connection_view {
    bool success = false;
    std::string status;
    int tools_count = 0;
    /// As the server described them.
    std::vector<raw_json> tools;
    std::optional<std::string> error_message;
    std::int64_t response_time_ms = 0;
    std::optional<server_info_view> server_info;
};
BOOST_DESCRIBE_STRUCT(connection_view, (),
                      (success, status, tools_count, tools, error_message, response_time_ms,
                       server_info))

/// What is absent stays.
struct update_server_request {
    std::optional<std::string> name;
    std::optional<std::string> display_name;
    std::optional<std::string> description;
    std::optional<std::string> transport_type;
    std::optional<std::string> command;
    std::optional<std::vector<std::string>> args;
    /// By name: a value sets, null takes away, and names that are not there stay.
    std::optional<std::map<std::string, patch<std::string>>> env;
    std::optional<std::string> cwd;
    std::optional<std::string> url;
    std::optional<std::map<std::string, patch<std::string>>> headers;
    std::optional<double> timeout;
    std::optional<bool> is_enabled;
    patch<bool> jwt_auth_required;
    std::optional<std::string> process_policy;
};
BOOST_DESCRIBE_STRUCT(update_server_request, (),
                      (name, display_name, description, transport_type, command, args, env, cwd,
                       url, headers, timeout, is_enabled, jwt_auth_required, process_policy))

struct toggled_view {
    std::string message;
    bool is_enabled = true;
};
BOOST_DESCRIBE_STRUCT(toggled_view, (), (message, is_enabled))

struct server_tool_view {
    std::string name;
    bool is_enabled = true;
    /// As the server described it.
    raw_json definition;
};
BOOST_DESCRIBE_STRUCT(server_tool_view, (), (name, is_enabled, definition))

/// A tool among those of all servers of a project.
struct project_tool_view {
    std::string server_id;
    std::string server_name;
    std::string server_status;
    bool server_is_enabled = true;
    std::string name;
    /// Empty when the server says none.
    std::string title;
    std::string description;
    bool is_enabled = true;
};
BOOST_DESCRIBE_STRUCT(project_tool_view, (),
                      (server_id, server_name, server_status, server_is_enabled, name, title,
                       description, is_enabled))

struct tool_preference_view {
    std::string server_id;
    std::string server_name;
    std::string tool_name;
    bool is_enabled = true;
    std::string created_at;
    std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(tool_preference_view, (),
                      (server_id, server_name, tool_name, is_enabled, created_at, updated_at))

struct tool_preference_request {
    /// Id or name.
    std::string server_id;
    std::string tool_name;
    bool is_enabled = true;
};
BOOST_DESCRIBE_STRUCT(tool_preference_request, (), (server_id, tool_name, is_enabled))

struct tool_preferences_request {
    std::vector<tool_preference_request> preferences;
};
BOOST_DESCRIBE_STRUCT(tool_preferences_request, (), (preferences))

struct tool_switch_request {
    bool is_enabled = true;
};
BOOST_DESCRIBE_STRUCT(tool_switch_request, (), (is_enabled))

struct tool_preferences_answer {
    bool success = true;
    std::uint64_t updated_count = 0;
    std::uint64_t total_count = 0;
    std::string message;
};
BOOST_DESCRIBE_STRUCT(tool_preferences_answer, (), (success, updated_count, total_count, message))

} // namespace orch::api
