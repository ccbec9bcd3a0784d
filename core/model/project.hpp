#pragma once

#include "core/ids.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace orch::model {

using name_value_list = std::vector<std::pair<std::string, std::string>>;

/// A tenant's collection of servers and keys. `name` is the slug that stands in URLs.
struct project {
    project_id id;
    std::string name;
    std::string display_name;
    std::string description;
    /// Nil when it was not a user: the first project, or the administrator's.
    user_id created_by;
    bool unified_enabled = true;
    /// Rows of this project go to the partition of this class: 7, 30, 90 or 365 days.
    int retention_days = 30;
    std::chrono::system_clock::time_point created_at;
    std::chrono::system_clock::time_point updated_at;
};

/// How the orchestrator reaches a server.
enum class transport { stdio, streamable_http, sse };

[[nodiscard]] std::string_view to_string(transport kind) noexcept;
/// Accepts the spellings of the client configurations in the field ("http", "streamableHttp", …).
[[nodiscard]] std::optional<transport> parse_transport(std::string_view text) noexcept;

/// What a user configured for one MCP server.
struct server_definition {
    server_id id;
    project_id project;
    /// `[A-Za-z0-9_-]{1,40}` without `__`; unique in the project; stands in URLs and tool names.
    std::string name;
    std::string display_name;
    std::string description;
    transport kind = transport::stdio;
    std::string command;
    std::vector<std::string> args;
    /// Exactly what the user gave; never shown again through the API.
    name_value_list env;
    std::string cwd;
    std::string url;
    name_value_list headers;
    std::chrono::milliseconds call_timeout{60'000};
    bool enabled = true;
    std::chrono::system_clock::time_point created_at;
    std::chrono::system_clock::time_point updated_at;
};

/// One tool as its server described it.
struct tool {
    std::string name;
    /// The verbatim JSON object of tools/list, name included.
    std::string definition;
};

enum class server_state { unknown, stopped, starting, online, error, disabled };

[[nodiscard]] std::string_view to_string(server_state state) noexcept;
[[nodiscard]] server_state parse_server_state(std::string_view text) noexcept;

/// Last known condition of a server; lists answer from this alone.
struct server_status {
    server_id id;
    server_state state = server_state::unknown;
    int tools_count = 0;
    std::string last_error;
    std::optional<std::chrono::system_clock::time_point> last_checked;
    std::optional<std::chrono::system_clock::time_point> last_connected;
    std::optional<std::chrono::system_clock::time_point> last_used;
};

/// A project key. The key itself is never stored, only its SHA-256.
struct api_key {
    key_id id;
    project_id project;
    std::string name;
    /// 32 bytes.
    std::string sha256;
    /// The first characters, so that people can tell keys apart.
    std::string prefix;
    bool active = true;
    std::optional<std::chrono::system_clock::time_point> expires_at;
    std::chrono::system_clock::time_point created_at;
};

} // namespace orch::model
