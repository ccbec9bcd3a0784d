#include "app/cli/resource_forms.hpp"

#include <array>

namespace orch::app::cli {

namespace {

using place = resource_option::place;
using enum value_kind;

constexpr std::array history{
    resource_option{"--limit", "limit", place::query, number, false, "How many at most, to 200."}};
constexpr std::array settings{
    resource_option{"--interval", "server_check_interval", place::body, number, false,
                    "Seconds between two checks: 60 to 3600."},
    resource_option{"--workers", "max_workers", place::body, number, false,
                    "Servers that are checked at the same time: 1 to 10."},
    resource_option{"--coalesce", "coalesce", place::body, yes_no, false,
                    "Whether a check that is due during another is left out: true or false."}};

constexpr std::array forms{
    resource_form{"scheduler",
                  "status",
                  "Show when servers are checked, and how that goes.",
                  "mcp-orch scheduler status",
                  "GET",
                  "/api/workers/status",
                  {}},
    resource_form{"scheduler",
                  "start",
                  "Check all servers every interval.",
                  "mcp-orch scheduler start",
                  "POST",
                  "/api/workers/start",
                  {}},
    resource_form{"scheduler",
                  "stop",
                  "Check no server any more unless somebody asks.",
                  "mcp-orch scheduler stop",
                  "POST",
                  "/api/workers/stop",
                  {}},
    resource_form{"scheduler",
                  "restart",
                  "Begin the interval anew.",
                  "mcp-orch scheduler restart",
                  "POST",
                  "/api/workers/restart",
                  {}},
    resource_form{"scheduler",
                  "run-now",
                  "Check all servers now.",
                  "mcp-orch scheduler run-now",
                  "POST",
                  "/api/workers/check-now",
                  {}},
    resource_form{
        "scheduler", "history", "Show what the last checks found, newest first.",
        "mcp-orch scheduler history --limit 20", "GET", "/api/workers/history", history,
        "WHEN=timestamp,TOOK=duration,BY=trigger,STATUS=status,CHECKED=checked_count,"
        "UPDATED=updated_count,TOOLS=tools_synced_count,ERRORS=error_count,PROBLEM=error"},
    resource_form{"scheduler", "set", "Change the schedule; what is not named stays.",
                  "mcp-orch scheduler set --interval 600", "PUT", "/api/workers/config", settings},
};

} // namespace

std::span<const resource_form> scheduler_forms() { return forms; }

} // namespace orch::app::cli
