#pragma once

#include "api/described_json.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

// Request and response bodies of the REST surface, described once: the description is what they
// are printed from and read by.

namespace orch::api {

struct process_view {
    /// 0 while no process lives.
    int pid = 0;
    std::uint64_t starts = 0;
    /// Those after a crash.
    std::uint64_t restarts = 0;
    std::optional<std::string> started_at;
    /// Processes of the server that live: this one, and those of single sessions and users.
    std::uint64_t instances = 0;
    /// Calls that wait for a process of their client, since there are as many as there may be.
    std::uint64_t waiting = 0;
    /// Whether the server was seen to ask its clients, by which `auto` decides; null while nobody
    /// knows.
    std::optional<bool> needs_client;
};
BOOST_DESCRIBE_STRUCT(process_view, (),
                      (pid, starts, restarts, started_at, instances, waiting, needs_client))

/// A server in a list; never its env or header values.
struct server_view {
    std::string id;
    std::string project_id;
    std::string name;
    std::string display_name;
    std::string description;
    std::string transport_type;
    std::string command;
    std::vector<std::string> args;
    std::vector<std::string> env_names;
    std::string cwd;
    std::string url;
    std::vector<std::string> header_names;
    double timeout = 60;
    bool is_enabled = true;
    /// Absent for what the project says.
    std::optional<bool> jwt_auth_required;
    /// What holds in the end.
    bool auth_required = true;
    std::string process_policy;
    std::vector<std::string> aliases;
    std::string status;
    int tools_count = 0;
    std::optional<std::string> last_error;
    std::optional<std::string> last_checked;
    std::optional<std::string> last_connected;
    std::optional<std::string> last_used_at;
    process_view process;
    std::string created_at;
    std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(server_view, (),
                      (id, project_id, name, display_name, description, transport_type, command,
                       args, env_names, cwd, url, header_names, timeout, is_enabled,
                       jwt_auth_required, auth_required, process_policy, aliases, status,
                       tools_count, last_error, last_checked, last_connected, last_used_at, process,
                       created_at, updated_at))

/// A server with its tools as it described them.
struct server_detail : server_view {
    std::vector<raw_json> tools;
};
BOOST_DESCRIBE_STRUCT(server_detail, (server_view), (tools))

struct refresh_view {
    std::string message;
    std::string server_id;
    std::string name;
    std::string status;
    int tools_count = 0;
    std::optional<std::string> error;
    std::vector<raw_json> tools;
    std::string refreshed_at;
};
BOOST_DESCRIBE_STRUCT(refresh_view, (),
                      (message, server_id, name, status, tools_count, error, tools, refreshed_at))

struct refresh_all_view {
    std::string message;
    std::map<std::string, refresh_view> servers;
    std::string refreshed_at;
};
BOOST_DESCRIBE_STRUCT(refresh_all_view, (), (message, servers, refreshed_at))

struct execution_request {
    std::optional<raw_json> arguments;
};
BOOST_DESCRIBE_STRUCT(execution_request, (), (arguments))

struct execution_answer {
    bool success = false;
    raw_json result;
    std::optional<std::string> error;
    std::int64_t error_code = 0;
    std::string executed_at;
};
BOOST_DESCRIBE_STRUCT(execution_answer, (), (success, result, error, error_code, executed_at))

struct import_request {
    raw_json config;
    std::optional<bool> preview;
};
BOOST_DESCRIBE_STRUCT(import_request, (), (config, preview))

struct import_result_view {
    std::string name;
    std::string original_name;
    std::string outcome;
    std::optional<std::string> error;
};
BOOST_DESCRIBE_STRUCT(import_result_view, (), (name, original_name, outcome, error))

struct import_view {
    std::vector<import_result_view> results;
};
BOOST_DESCRIBE_STRUCT(import_view, (), (results))

/// What a server said of itself in its handshake.
struct server_info_view {
    std::string name;
    std::string version;
    std::string protocol_version;
};
BOOST_DESCRIBE_STRUCT(server_info_view, (), (name, version, protocol_version))

struct server_log_view {
    std::string id;
    std::string level;
    std::string category;
    std::string message;
    std::string timestamp;
};
BOOST_DESCRIBE_STRUCT(server_log_view, (), (id, level, category, message, timestamp))

/// The process of a server as it is now, and how it came and went.
struct process_detail_view : process_view {
    std::optional<double> uptime_seconds;
    /// Resident, of the process and its descendants.
    std::uint64_t memory_bytes = 0;
    std::uint64_t processes = 0;
    /// Why the last one ended; absent when none did in this run of the orchestrator.
    std::optional<std::string> last_exit;
    std::optional<server_info_view> server_info;
    /// Oldest first, of this run of the orchestrator; the server's log has all.
    std::vector<server_log_view> timeline;
};
BOOST_DESCRIBE_STRUCT(process_detail_view, (process_view),
                      (uptime_seconds, memory_bytes, processes, last_exit, server_info, timeline))

struct health_view {
    std::string status;
    std::string condition;
    std::string version;
    std::map<std::string, bool> checks;
    std::uint64_t client_sessions = 0;
    std::uint64_t spool_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(health_view, (),
                      (status, condition, version, checks, client_sessions, spool_bytes))

} // namespace orch::api
