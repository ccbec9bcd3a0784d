#pragma once

#include "core/ids.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace orch::model {

/// How a tool call ended. Every call has exactly one.
enum class call_status : std::uint8_t { success, error, timeout, cancelled };

/// Why a call did not succeed, from codes and events, never from message texts.
enum class error_class : std::uint8_t {
    none,
    invalid_parameters,        ///< JSON-RPC -32602
    initialization_incomplete, ///< called before the handshake was done
    method_not_found,          ///< JSON-RPC -32601
    sse_bridge_error,          ///< fault between the client and the server process
    tool_error,                ///< the tool ran and answered `isError: true`
    no_response,               ///< the server ended or was lost before it answered
    timeout,                   ///< no answer within the server's call time-out
    execution_error            ///< any other JSON-RPC error, or the server could not be started
};

/// The way in that a call took.
enum class entry_path : std::uint8_t { server_sse, unified_sse, server_http, unified_http, rest };

[[nodiscard]] std::string_view to_string(call_status status) noexcept;
[[nodiscard]] std::string_view to_string(error_class kind) noexcept;
[[nodiscard]] std::string_view to_string(entry_path path) noexcept;
[[nodiscard]] std::optional<call_status> parse_call_status(std::string_view text) noexcept;
[[nodiscard]] std::optional<error_class> parse_error_class(std::string_view text) noexcept;
[[nodiscard]] std::optional<entry_path> parse_entry_path(std::string_view text) noexcept;

/// Who called, from where. Shared by all calls of one session.
struct caller {
    session_id session;
    /// `key:<id>`, `public:<project>`, `local-admin`.
    std::string principal;
    std::string client_name;
    std::string client_version;
    /// cline, cursor, vscode, claude, roo, …, unknown
    std::string client_type = "unknown";
    std::string ip_address;
    std::string user_agent;
};

/// A request or response body as it was sent, cut to the configured maximum.
struct body {
    std::string bytes;
    /// Size before the cut.
    std::uint64_t size = 0;
    bool truncated = false;
    bool redacted = false;
    /// SHA-256 (32 bytes) of the whole body, only when it was cut.
    std::string sha256;
};

/// The points in time of one call; absent where it did not get that far.
struct call_times {
    std::chrono::system_clock::time_point received;
    std::optional<std::chrono::system_clock::time_point> authorised;
    std::optional<std::chrono::system_clock::time_point> queued;
    std::optional<std::chrono::system_clock::time_point> sent;
    std::optional<std::chrono::system_clock::time_point> answered;
    /// When the answer was handed to the client's connection; also the end of the call.
    std::chrono::system_clock::time_point finished;
};

/// One tool call, whole: the row of the call log.
struct call_record {
    /// Version 7, minted at completion; the order of rows.
    uuid id;
    call_id call;
    instance_id instance;
    project_id project;
    int retention_days = 30;
    /// Nil when the call never found its server.
    server_id server;
    std::string server_name;
    std::string tool_name;
    entry_path path = entry_path::server_sse;
    orch::model::caller caller;
    /// The JSON-RPC id as sent, quotes included.
    std::string request_id;
    call_status status = call_status::success;
    error_class failure = error_class::none;
    /// The JSON-RPC error code, 0 when there is none.
    std::int64_t error_code = 0;
    std::string error_message;
    call_times times;
    body arguments;
    body result;
    /// What searches compare (`mcp/search_text.hpp`). Made on the way into the log, never read
    /// back.
    std::string search_text;
};

/// A record is large, and on its way into the log it passes through many hands.
using call_record_ptr = std::unique_ptr<call_record>;

/// A client session, live or past.
struct client_session {
    session_id id;
    instance_id instance;
    project_id project;
    /// Nil for the unified endpoint.
    server_id server;
    entry_path path = entry_path::server_sse;
    orch::model::caller caller;
    std::string protocol_version;
    std::chrono::system_clock::time_point connected_at;
    std::chrono::system_clock::time_point last_activity;
    std::optional<std::chrono::system_clock::time_point> disconnected_at;
    std::uint64_t total_calls = 0;
    std::uint64_t successful_calls = 0;
    std::uint64_t failed_calls = 0;
};

enum class log_level : std::uint8_t { debug, info, warning, error };
enum class log_category : std::uint8_t { startup, handshake, shutdown, crash, output, refresh };

[[nodiscard]] std::string_view to_string(log_level level) noexcept;
[[nodiscard]] std::string_view to_string(log_category category) noexcept;
[[nodiscard]] std::optional<log_level> parse_log_level(std::string_view text) noexcept;
[[nodiscard]] std::optional<log_category> parse_log_category(std::string_view text) noexcept;

/// One line of a server's own log: process events and its stderr.
struct server_log_entry {
    uuid id;
    project_id project;
    server_id server;
    log_level level = log_level::info;
    log_category category = log_category::output;
    std::string message;
    /// What searches compare (`mcp/search_text.hpp`). Never read back.
    std::string search_text = {};
};

} // namespace orch::model
