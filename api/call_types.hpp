#pragma once

#include "api/described_json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Response bodies of the call log, described once.

namespace orch::api {

struct call_context {
    std::string user_agent;
    std::string ip_address;
    std::string call_time;
};
BOOST_DESCRIBE_STRUCT(call_context, (), (user_agent, ip_address, call_time))

struct call_input {
    raw_json arguments;
    std::uint64_t size = 0;
    bool truncated = false;
    bool redacted = false;
    call_context context;
};
BOOST_DESCRIBE_STRUCT(call_input, (), (arguments, size, truncated, redacted, context))

struct result_metadata {
    std::uint64_t response_size = 0;
    bool truncated = false;
    bool redacted = false;
};
BOOST_DESCRIBE_STRUCT(result_metadata, (), (response_size, truncated, redacted))

struct call_output {
    raw_json result;
    result_metadata metadata;
};
BOOST_DESCRIBE_STRUCT(call_output, (), (result, metadata))

/// The points in time of one call.
struct call_times_view {
    std::string received;
    std::optional<std::string> authorised;
    std::optional<std::string> queued;
    std::optional<std::string> sent;
    std::optional<std::string> answered;
    std::string finished;
};
BOOST_DESCRIBE_STRUCT(call_times_view, (), (received, authorised, queued, sent, answered, finished))

struct call_view {
    std::string id;
    std::string call_id;
    std::string instance_id;
    std::optional<std::string> session_id;
    std::optional<std::string> server_id;
    std::string project_id;
    std::string server_name;
    std::string tool_name;
    std::string tool_namespace;
    std::string entry_path;
    std::string request_id;
    std::string principal;
    /// Of a key or person that is still there; keys are not told.
    std::optional<std::string> principal_name;
    std::string client_type;
    std::string client_name;
    std::string client_version;
    std::string user_agent;
    std::string ip_address;
    std::string status;
    std::optional<std::string> error_code;
    std::optional<std::string> error_message;
    std::int64_t rpc_code = 0;
    double execution_time = 0;
    double duration_ms = 0;
    std::string timestamp;
    call_times_view times;
    call_input input_data;
    call_output output_data;
    /// How the bodies begin, in a list that comes without them.
    std::optional<std::string> arguments_preview;
    std::optional<std::string> result_preview;
};
BOOST_DESCRIBE_STRUCT(call_view, (),
                      (id, call_id, instance_id, session_id, server_id, project_id, server_name,
                       tool_name, tool_namespace, entry_path, request_id, principal, principal_name,
                       client_type, client_name, client_version, user_agent, ip_address, status,
                       error_code, error_message, rpc_code, execution_time, duration_ms, timestamp,
                       times, input_data, output_data, arguments_preview, result_preview))

struct call_page_view {
    std::vector<call_view> logs;
    /// Absent behind a cursor, where no count is needed again.
    std::optional<std::uint64_t> total_count;
    /// Whether there are more than were counted.
    bool has_more_than_total = false;
    int page = 1;
    int page_size = 50;
    bool has_next = false;
    bool has_prev = false;
    /// Goes on behind this page, whatever is recorded meanwhile. For the same query only.
    std::optional<std::string> next_cursor;
    /// `since` of a live tail of the same query that goes on after a first page.
    std::optional<std::string> live_from;
};
BOOST_DESCRIBE_STRUCT(call_page_view, (),
                      (logs, total_count, has_more_than_total, page, page_size, has_next, has_prev,
                       next_cursor, live_from))

struct error_count_view {
    std::string error_code;
    std::uint64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(error_count_view, (), (error_code, count))

struct facet_value_view {
    std::string value;
    /// Of the facet `server`; absent for calls that never found one.
    std::optional<std::string> server_id;
    /// Of the facet `principal`, where it has one that may be told.
    std::optional<std::string> name;
    std::uint64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(facet_value_view, (), (value, server_id, name, count))

/// What the calls could be narrowed to; each without its own filter.
struct call_facets_view {
    std::vector<facet_value_view> status;
    std::vector<facet_value_view> server;
    std::vector<facet_value_view> tool;
    std::vector<facet_value_view> client_type;
    std::vector<facet_value_view> principal;
    std::vector<facet_value_view> error_code;
};
BOOST_DESCRIBE_STRUCT(call_facets_view, (),
                      (status, server, tool, client_type, principal, error_code))

struct histogram_bucket_view {
    std::string start;
    std::uint64_t success = 0;
    std::uint64_t error = 0;
    std::uint64_t timeout = 0;
    std::uint64_t cancelled = 0;
};
BOOST_DESCRIBE_STRUCT(histogram_bucket_view, (), (start, success, error, timeout, cancelled))

struct call_histogram_view {
    double bucket_seconds = 0;
    std::vector<histogram_bucket_view> buckets;
};
BOOST_DESCRIBE_STRUCT(call_histogram_view, (), (bucket_seconds, buckets))

/// Times in seconds, rate in percent.
/// Times in seconds, rate in percent.
struct measured_view {
    std::uint64_t total_calls = 0;
    std::uint64_t successful_calls = 0;
    std::uint64_t error_calls = 0;
    std::uint64_t timeout_calls = 0;
    std::uint64_t cancelled_calls = 0;
    double success_rate = 0;
    std::optional<double> average_execution_time;
    std::optional<double> median_execution_time;
    std::optional<double> p95_execution_time;
    std::optional<double> p99_execution_time;
    std::uint64_t unique_sessions = 0;
};
BOOST_DESCRIBE_STRUCT(measured_view, (),
                      (total_calls, successful_calls, error_calls, timeout_calls, cancelled_calls,
                       success_rate, average_execution_time, median_execution_time,
                       p95_execution_time, p99_execution_time, unique_sessions))

struct call_metrics_view : measured_view {
    double calls_per_minute = 0;
    std::uint64_t unique_tools = 0;
    std::uint64_t unique_principals = 0;
    std::vector<error_count_view> errors;
};
BOOST_DESCRIBE_STRUCT(call_metrics_view, (measured_view),
                      (calls_per_minute, unique_tools, unique_principals, errors))

struct call_group_view {
    /// A name of a server or tool, a kind of client, or a principal such as `key:<id>`.
    std::string value;
    /// Of servers and tools; absent for calls that never found one.
    std::optional<std::string> server_id;
    std::optional<std::string> server_name;
    /// Of principals, where they have one that may be told.
    std::optional<std::string> name;
    measured_view metrics;
};
BOOST_DESCRIBE_STRUCT(call_group_view, (), (value, server_id, server_name, name, metrics))

struct call_groups_view {
    std::vector<call_group_view> groups;
};
BOOST_DESCRIBE_STRUCT(call_groups_view, (), (groups))

struct call_bucket_view {
    std::string start;
    measured_view metrics;
};
BOOST_DESCRIBE_STRUCT(call_bucket_view, (), (start, metrics))

struct call_series_view {
    double bucket_seconds = 0;
    std::vector<call_bucket_view> buckets;
};
BOOST_DESCRIBE_STRUCT(call_series_view, (), (bucket_seconds, buckets))

struct unused_tool_view {
    std::string server_id;
    std::string server_name;
    std::string tool_name;
};
BOOST_DESCRIBE_STRUCT(unused_tool_view, (), (server_id, server_name, tool_name))

struct unused_tools_view {
    std::vector<unused_tool_view> tools;
};
BOOST_DESCRIBE_STRUCT(unused_tools_view, (), (tools))

} // namespace orch::api
