#pragma once

#include "api/rest_types.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

// Response bodies of what is seen of servers and clients over time, described once.

namespace orch::api {

/// A line of a server's log, with where it comes from.
struct server_log_line_view : server_log_view {
    std::string project_id;
    /// Absent when it is gone.
    std::optional<std::string> project_name;
    std::string server_id;
    /// Absent when it is gone.
    std::optional<std::string> server_name;
};
BOOST_DESCRIBE_STRUCT(server_log_line_view, (server_log_view),
                      (project_id, project_name, server_id, server_name))

struct server_log_page_view {
    /// Newest first.
    std::vector<server_log_line_view> logs;
    /// Goes on behind this page, whatever is written meanwhile. For the same query only.
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(server_log_page_view, (), (logs, next_cursor))

struct server_log_summary_view {
    std::uint64_t total_logs = 0;
    /// By level and by category; those without lines are 0.
    std::map<std::string, std::uint64_t> level_counts;
    std::map<std::string, std::uint64_t> category_counts;
    /// The newest lines of the level `error`, newest first.
    std::vector<server_log_line_view> recent_errors;
};
BOOST_DESCRIBE_STRUCT(server_log_summary_view, (),
                      (total_logs, level_counts, category_counts, recent_errors))

struct session_view {
    std::string id;
    /// Absent for the endpoint of all servers.
    std::optional<std::string> server_id;
    /// Absent when it is gone, too.
    std::optional<std::string> server_name;
    std::string entry_path;
    std::string principal;
    /// Of a key or person that is still there; keys are not told.
    std::optional<std::string> principal_name;
    std::string client_type;
    std::string client_name;
    std::string client_version;
    std::string protocol_version;
    std::string user_agent;
    std::string ip_address;
    bool is_active = true;
    std::uint64_t total_calls = 0;
    std::uint64_t successful_calls = 0;
    std::uint64_t failed_calls = 0;
    std::string connected_at;
    std::string last_activity;
    std::optional<std::string> disconnected_at;
};
BOOST_DESCRIBE_STRUCT(session_view, (),
                      (id, server_id, server_name, entry_path, principal, principal_name,
                       client_type, client_name, client_version, protocol_version, user_agent,
                       ip_address, is_active, total_calls, successful_calls, failed_calls,
                       connected_at, last_activity, disconnected_at))

struct session_page_view {
    /// Newest first.
    std::vector<session_view> sessions;
    /// Goes on behind this page, whoever connects meanwhile. For the same query only.
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(session_page_view, (), (sessions, next_cursor))

} // namespace orch::api
