#pragma once

#include "core/ids.hpp"
#include "storage/pqxx_fwd.hpp"
#include "storage/usage_tally.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace orch::storage {

// What was used day by day, which outlives the calls. Throws what libpqxx throws; call it inside
// `session::run` or `database::submit`.

/// What used calls are summed up by. `key` leaves out what was not called with a key.
enum class usage_group { day, project, principal, key, user };

struct usage_filter {
    /// Absent for all projects.
    std::optional<project_id> project;
    /// UTC, both included, in this order.
    std::chrono::sys_days from;
    std::chrono::sys_days to;
    usage_group by = usage_group::day;
};

struct usage_row {
    /// Only of groups by day.
    std::optional<std::chrono::sys_days> day;
    /// Of other groups: an id of a project or user, a principal such as `key:<id>`. Empty for calls
    /// that are put down to no user.
    std::string value = {};
    usage_counts counts = {};
};

struct usage_report {
    /// Of all calls of the range, whatever rows there are.
    usage_counts total;
    /// Days in their order, those without calls too; of other groups those with most calls first,
    /// `usage_rows_max` at most.
    std::vector<usage_row> rows;
    /// Whether there are more groups than rows.
    bool has_more = false;
};
inline constexpr int usage_rows_max = 1'000;
/// The longest range: days of a report.
inline constexpr int usage_days_max = 400;

[[nodiscard]] usage_report report_usage(pqxx::connection& connection, const usage_filter& filter);

} // namespace orch::storage
