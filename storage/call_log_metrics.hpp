#pragma once

#include "storage/call_log_store.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Numbers about the calls of a filter: of all, of groups, over time, and what a list of them could
// be narrowed to. `limit`, `offset` and `before` of a filter are ignored here.

namespace orch::storage {

/// The parts add up to `total`.
struct call_metrics {
    std::uint64_t total = 0;
    std::uint64_t success = 0;
    std::uint64_t error = 0;
    std::uint64_t timeout = 0;
    std::uint64_t cancelled = 0;
    /// Seconds, over finished minus received; absent without rows. Percentiles are continuous
    /// (percentile_cont) and exact.
    std::optional<double> mean;
    std::optional<double> p50;
    std::optional<double> p95;
    std::optional<double> p99;
    std::uint64_t unique_tools = 0;
    std::uint64_t unique_sessions = 0;
    std::uint64_t unique_principals = 0;
    /// Most frequent first, without `none`. Only of all calls of a filter.
    std::vector<std::pair<model::error_class, std::uint64_t>> errors = {};
};
[[nodiscard]] call_metrics measure_calls(pqxx::connection& connection, const call_filter& filter);

/// What calls are grouped by.
enum class call_group { server, tool, client_type, principal };
/// Which groups come first: those with most calls, the longest 95th percentile, most failures.
enum class group_order { calls, slowest, failing };
struct measured_group {
    std::string value;
    /// Of servers and tools; nil for calls that never found a server.
    server_id server = {};
    std::string server_name = {};
    call_metrics metrics = {};
};
/// At most `limit` groups. `prefix` narrows the values, as `key:` does principals.
[[nodiscard]] std::vector<measured_group> measure_groups(pqxx::connection& connection,
                                                         const call_filter& filter, call_group by,
                                                         const std::string& prefix,
                                                         group_order order, int limit);

/// One part of a range, with what was measured in it.
struct measured_bucket {
    std::chrono::system_clock::time_point begin;
    call_metrics metrics = {};
};
struct call_series {
    std::chrono::milliseconds width{};
    std::vector<measured_bucket> buckets; ///< of the whole range, empty ones too
};
/// The range of the filter in `buckets` parts of one length, by the time of completion.
[[nodiscard]] call_series measure_series(pqxx::connection& connection, const call_filter& filter,
                                         int buckets);

struct unused_tool {
    server_id server;
    std::string server_name;
    std::string tool_name;
};
/// Tools that the servers of the filter's project have now and nobody called in its range: at most
/// `unused_tools_max`, by server and name. Other filters are ignored.
[[nodiscard]] std::vector<unused_tool> list_unused_tools(pqxx::connection& connection,
                                                         const call_filter& filter);
inline constexpr int unused_tools_max = 1'000;

/// What calls are counted by beside a list of them.
enum class call_facet { status, server, tool, client_type, principal, failure };

/// One value of a facet. Of a server the id too; nil for calls that never found one.
struct facet_value {
    std::string value;
    server_id server = {};
    std::uint64_t count = 0;
};
using call_facets = std::vector<std::pair<call_facet, std::vector<facet_value>>>;

/// The values of every facet with most calls, `facet_values_max` at most, most frequent first. A
/// facet leaves its own filter aside, so that it shows what else could be chosen. `limit`
/// and `before` are ignored.
[[nodiscard]] call_facets count_facets(pqxx::connection& connection, const call_filter& filter);
inline constexpr int facet_values_max = 50;

/// Calls of one part of a range, by status.
struct histogram_bucket {
    std::chrono::system_clock::time_point begin;
    std::array<std::uint64_t, 4> by_status{}; ///< in the order of `call_status`
};
struct call_histogram {
    std::chrono::milliseconds width{};
    std::vector<histogram_bucket> buckets; ///< of the whole range, empty ones too
};
/// The range of the filter in `buckets` parts of one length, by the time of completion.
[[nodiscard]] call_histogram chart_calls(pqxx::connection& connection, const call_filter& filter,
                                         int buckets);

} // namespace orch::storage
