#include "app/cli/resource_forms.hpp"

#include <array>

namespace orch::app::cli {

namespace {

using place = resource_option::place;
using enum value_kind;

constexpr resource_option project{"--project", "project", place::path,
                                  text,        true,      "Name or id of the project."};
constexpr resource_option time_range{"--time-range", "time_range", place::query,
                                     text,           false,        "15m, 30m, 1h, 6h, 24h or 7d."};
constexpr resource_option limit{"--limit", "limit", place::query,
                                number,    false,   "How many at most, up to 500."};

constexpr std::array lines{
    project,
    resource_option{"--server", "server_id", place::query, list, false,
                    "Only of these servers, by name or id."},
    resource_option{"--level", "level", place::query, list, false,
                    "Only these: debug, info, warning, error."},
    resource_option{"--category", "category", place::query, list, false,
                    "Only these: startup, handshake, shutdown, crash, output, refresh."},
    resource_option{"--search", "search_text", place::query, text, false, "Part of the message."},
    time_range,
    limit};
constexpr std::array sessions{
    project,
    resource_option{"--state", "state", place::query, text, false, "live, ended or all."},
    resource_option{"--client-type", "client_type", place::query, list, false,
                    "Only these kinds of clients, like cursor."},
    resource_option{"--principal", "principal", place::query, text, false,
                    "Only of this caller, like key:<id>."},
    resource_option{"--server", "server_id", place::query, text, false,
                    "Only at the endpoint of this server, by name or id."},
    time_range,
    limit};

constexpr std::array forms{
    resource_form{"server-logs",
                  {},
                  "What the servers of a project and their processes said, newest first.",
                  "mcp-orch server-logs --project shop --server files --level error warning",
                  "GET",
                  "/api/projects/{project}/server-logs",
                  lines,
                  "WHEN=timestamp,SERVER=server_name,LEVEL=level,CATEGORY=category,"
                  "MESSAGE=message",
                  "logs"},
    resource_form{"sessions",
                  {},
                  "The clients of a project, live and past, newest first.",
                  "mcp-orch sessions --project shop --state live",
                  "GET",
                  "/api/projects/{project}/sessions",
                  sessions,
                  "CONNECTED=connected_at,CLIENT=client_type,NAME=client_name,SERVER=server_name,"
                  "PRINCIPAL=principal,LIVE=is_active,CALLS=total_calls,FAILED=failed_calls,"
                  "LAST ACTIVITY=last_activity,ID=id",
                  "sessions"},
};

} // namespace

std::span<const resource_form> observation_forms() { return forms; }

} // namespace orch::app::cli
