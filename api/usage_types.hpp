#pragma once

#include "api/described_json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What was used, day by day.

namespace orch::api {

/// The four kinds of endings add up to `total_calls`; bytes are those of arguments and results as
/// they were sent.
struct usage_counts_view {
    std::uint64_t total_calls = 0;
    std::uint64_t successful_calls = 0;
    std::uint64_t error_calls = 0;
    std::uint64_t timeout_calls = 0;
    std::uint64_t cancelled_calls = 0;
    std::uint64_t argument_bytes = 0;
    std::uint64_t result_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(usage_counts_view, (),
                      (total_calls, successful_calls, error_calls, timeout_calls, cancelled_calls,
                       argument_bytes, result_bytes))

struct usage_row_view : usage_counts_view {
    /// A day, the id of a project, a principal such as `key:<id>` or `user:<id>`; absent for calls
    /// that are put down to no user.
    std::optional<std::string> value;
    /// Of the project, key or account, while it is there.
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(usage_row_view, (usage_counts_view), (value, name))

struct usage_view {
    /// Days in UTC, both included.
    std::string from;
    std::string to;
    std::string group_by;
    /// Of all calls of the range.
    usage_counts_view total;
    /// Every day in order; of other groups those with most calls first.
    std::vector<usage_row_view> rows;
    /// Whether groups with fewer calls were left out.
    bool has_more = false;
};
BOOST_DESCRIBE_STRUCT(usage_view, (), (from, to, group_by, total, rows, has_more))

} // namespace orch::api
