#include "app/cli/resource_forms.hpp"

#include <algorithm>
#include <array>

namespace orch::app::cli {

namespace {

using place = resource_option::place;
using enum value_kind;

constexpr resource_option project{"--project", "project_id", place::query,
                                  text,        true,         "Name or id of the project."};
constexpr resource_option time_range{
    "--time-range", "time_range", place::query,
    text,           false,        "15m, 30m, 1h, 6h, 24h or 7d; 30m when absent."};
constexpr resource_option from{"--from", "start_time", place::query,
                               text,     false,        "Since then, like 2026-01-31T12:00:00Z."};
constexpr resource_option until{"--until", "end_time", place::query, text, false, "Until then."};
constexpr resource_option status{"--status", "status", place::query,
                                 list,       false,    "Only success, error, timeout, cancelled."};
constexpr resource_option server{"--server", "server_id", place::query,
                                 text,       false,       "Only of this server, by name or id."};
constexpr resource_option tool{"--tool", "tool_name", place::query,
                               text,     false,       "Only tools with this in their name."};
constexpr resource_option principal{"--principal", "principal", place::query,
                                    text,          false,       "Only of this, like key:<id>."};
constexpr resource_option client{"--client-type",          "client_type", place::query, list, false,
                                 "Only kinds like cursor."};
constexpr resource_option session{"--session", "session_id", place::query,
                                  text,        false,        "Only of this client session."};
constexpr resource_option error_code{"--error", "error_code", place::query,
                                     list,      false,        "Only classes like TOOL_ERROR."};
constexpr resource_option slower{"--slower-than", "min_duration_ms",     place::query, number,
                                 false,           "At least so many ms."};
constexpr resource_option search{"--search",   "search_text",
                                 place::query, text,
                                 false,        "Part of arguments, result, error or tool name."};

template <std::size_t ones, std::size_t others>
constexpr auto joined(const std::array<resource_option, ones>& one,
                      const std::array<resource_option, others>& other) {
    std::array<resource_option, ones + others> all{};
    std::copy(other.begin(), other.end(), std::copy(one.begin(), one.end(), all.begin()));
    return all;
}

constexpr std::array narrowed{project,   time_range, from,    until,      status, server, tool,
                              principal, client,     session, error_code, slower, search};
constexpr auto listed = joined(
    narrowed, std::array{resource_option{"--limit", "page_size", place::query, number, false,
                                         "How many at most, up to 500."}});
constexpr auto grouped = joined(
    narrowed, std::array{resource_option{"--by", "group_by", place::query, text, true,
                                         "server, tool, client_type, key or user."},
                         resource_option{"--order", "order", place::query, text, false,
                                         "calls, slowest or failing."},
                         resource_option{"--limit", "limit", place::query, number, false,
                                         "How many at most."}});
constexpr std::array shown{project, resource_option{"--call", "call", place::path, text, true,
                                                    "Id of the call, as 'calls list' shows it."}};
constexpr std::array unused{project, time_range, from, until};

constexpr std::array forms{
    resource_form{"calls", "list", "Recorded calls, newest first.",
                  "mcp-orch calls list --project shop --status error timeout --time-range 24h",
                  "GET", "/api/tool-call-logs", listed,
                  "WHEN=timestamp,SERVER=server_name,TOOL=tool_name,STATUS=status,MS=duration_ms,"
                  "CLIENT=client_type,ERROR=error_message,ID=id",
                  "logs"},
    resource_form{"calls", "show", "One call, with arguments and result.",
                  "mcp-orch calls show --project shop --call 0199…", "GET",
                  "/api/tool-call-logs/{call}", shown},
    resource_form{"calls", "metrics", "Success rate, latency and errors.",
                  "mcp-orch calls metrics --project shop --time-range 24h", "GET",
                  "/api/tool-call-logs/metrics", narrowed},
    resource_form{"calls", "top", "Calls by server, tool, kind of client, key or user.",
                  "mcp-orch calls top --project shop --by tool --order slowest", "GET",
                  "/api/tool-call-logs/metrics/groups", grouped,
                  "WHAT=value,SERVER=server_name,CALLS=metrics.total_calls,"
                  "OK%=metrics.success_rate,P50 S=metrics.median_execution_time,"
                  "P95 S=metrics.p95_execution_time",
                  "groups"},
    resource_form{"calls", "unused", "Tools that nobody called.",
                  "mcp-orch calls unused --project shop --time-range 7d", "GET",
                  "/api/tool-call-logs/unused-tools", unused, "SERVER=server_name,TOOL=tool_name",
                  "tools"},
};

} // namespace

std::span<const resource_form> call_forms() { return forms; }

} // namespace orch::app::cli
