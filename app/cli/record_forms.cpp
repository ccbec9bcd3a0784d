#include "app/cli/resource_forms.hpp"

#include <array>

namespace orch::app::cli {

namespace {

using place = resource_option::place;
using enum value_kind;

constexpr std::array used{
    resource_option{"--project", "project_id", place::query, text, false,
                    "Name or id of a project; all if left out."},
    resource_option{"--from", "from", place::query, text, false,
                    "The first day, like 2026-01-01; 30 days if left out."},
    resource_option{"--to", "to", place::query, text, false, "The last day; today if left out."},
    resource_option{"--by", "group_by", place::query, text, false,
                    "day, project, principal, key or user."}};

constexpr std::array forms{
    resource_form{"usage",
                  {},
                  "Show how much was called day by day, by project or by whom.",
                  "mcp-orch usage --project shop --by key",
                  "GET",
                  "/api/admin/usage",
                  used,
                  "WHAT=value,NAME=name,CALLS=total_calls,OK=successful_calls,ERRORS=error_calls,"
                  "TIME-OUTS=timeout_calls,CANCELLED=cancelled_calls,SENT=argument_bytes,"
                  "GOT=result_bytes",
                  "rows"},
    resource_form{"storage",
                  {},
                  "Show what the records take on disk, and how old they are.",
                  "mcp-orch storage",
                  "GET",
                  "/api/admin/storage",
                  {},
                  "RECORDS=kind,KEPT DAYS=retention_days,BYTES=bytes,DAYS=days,OLDEST=oldest",
                  "kinds"},
};

} // namespace

std::span<const resource_form> record_forms() { return forms; }

} // namespace orch::app::cli
