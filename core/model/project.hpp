#pragma once

#include "core/ids.hpp"
#include "core/ip_range.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace orch::model {

using name_value_list = std::vector<std::pair<std::string, std::string>>;

/// How the tools of several servers are named where they are offered together.
enum class naming_mode {
    always,       ///< `<server>__<tool>`
    on_collision, ///< only tools whose name two servers have
    never         ///< bare names; of two tools with one name the first server's is offered
};

[[nodiscard]] std::string_view to_string(naming_mode mode) noexcept;
[[nodiscard]] std::optional<naming_mode> parse_naming_mode(std::string_view text) noexcept;

/// A tenant's collection of servers and keys. `name` is the slug that stands in URLs.
struct project {
    project_id id;
    std::string name;
    std::string display_name;
    std::string description;
    /// Nil when it was not a user: the first project, or the administrator's.
    user_id created_by;
    bool unified_enabled = true;
    /// Whether the MCP endpoints take a key; a server may say otherwise for itself.
    bool auth_required = true;
    /// Where clients may come from; empty for anywhere.
    std::vector<ip_range> allowed_ip_ranges;
    naming_mode naming = naming_mode::always;
    /// Rows of this project go to the partition of this class: 7, 30, 90 or 365 days.
    int retention_days = 30;
    std::chrono::system_clock::time_point created_at;
    std::chrono::system_clock::time_point updated_at;
    /// Former names that URLs may still hold.
    std::vector<std::string> aliases;
};

/// How the orchestrator reaches a server.
enum class transport { stdio, streamable_http, sse };

[[nodiscard]] std::string_view to_string(transport kind) noexcept;
/// Accepts the spellings of the client configurations in the field ("http", "streamableHttp", …).
[[nodiscard]] std::optional<transport> parse_transport(std::string_view text) noexcept;

/// How the sessions of a stdio server share its processes.
struct process_policy {
    enum class kind { automatic, shared, per_session, pool, per_user };

    kind by = kind::automatic;
    /// Processes of a pool; as it is for all others.
    std::size_t pool_size = 4;

    static constexpr std::size_t pool_size_max = 64;

    bool operator==(const process_policy&) const = default;
};

/// As in `pool(4)`.
[[nodiscard]] std::string to_string(const process_policy& policy);
/// `pool` alone has the usual size.
[[nodiscard]] std::optional<process_policy> parse_process_policy(std::string_view text) noexcept;

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
    /// Whether its own endpoints take a key; absent for what the project says.
    std::optional<bool> auth_required;
    process_policy policy;
    /// Nil when it was not a user.
    user_id created_by;
    std::chrono::system_clock::time_point created_at;
    std::chrono::system_clock::time_point updated_at;

    bool operator==(const server_definition&) const = default;
};

/// Whether a tool is offered; tools without one are.
struct tool_switch {
    std::string tool;
    bool enabled = true;
    std::chrono::system_clock::time_point created_at;
    std::chrono::system_clock::time_point updated_at;

    bool operator==(const tool_switch&) const = default;
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
    /// Processes that were started for it, and how many of them after a crash.
    std::uint64_t starts = 0;
    std::uint64_t restarts = 0;
    /// What was launched when it was last seen whether it asks its clients, as
    /// `actors::launch_digest` has it; empty while nobody knows.
    std::string probed_launch;
    bool needs_client = false;
};

/// What a key opens inside its project.
struct key_scope {
    /// Without it the key only lists and reads.
    bool may_call = true;
    /// Empty for all servers.
    std::vector<server_id> servers = {};
    /// Names as their servers have them; empty for all tools.
    std::vector<std::string> tools = {};
    /// Empty for anywhere.
    std::vector<ip_range> ip_ranges = {};
    /// As `detect_client_type` names them; empty for all.
    std::vector<std::string> client_types = {};
};

/// How much a key may call; 0 for without a limit.
struct key_limits {
    int calls_per_minute = 0;
    int calls_per_day = 0;
    int calls_at_once = 0;
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
    /// The last characters, for the same purpose.
    std::string suffix;
    std::string description;
    /// Held back until somebody has looked at it: not valid meanwhile, but not revoked.
    bool quarantined = false;
    key_scope scope;
    key_limits limits;
    /// Nil when it was not a user.
    user_id created_by;
    /// The key that this one replaces; nil for most.
    key_id rotated_from;
    std::optional<std::chrono::system_clock::time_point> last_used_at;
    std::string last_used_ip;
};

} // namespace orch::model
