#pragma once

#include "core/model/observation.hpp"
#include "storage/pqxx_fwd.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace orch::storage {

// All of these throw what libpqxx throws; call them inside `session::run` or `database::submit`.

struct insert_report {
    /// Rows that were new.
    std::size_t inserted = 0;
    /// Rows that the database will never take, with its words. The rest of the batch is in.
    struct refusal {
        uuid id;
        std::string reason;
    };
    std::vector<refusal> refused;
};

/// Inserts in the order given, creating missing day partitions first. Rows that are there already
/// are left alone, so after a failure, which may leave the first rows stored, the same records may
/// come again. NUL and bytes that are not UTF-8 in text become U+FFFD and a tool name is cut to
/// 1,000 bytes, the most that an index takes; bodies keep their bytes. A row that cannot be stored
/// is found by halving its statement and told of; the rows around it are stored. A statement that
/// takes too long is halved, too.
insert_report insert_calls(pqxx::connection& connection,
                           const std::vector<model::call_record>& records);

/// The highest row id of the log, nil when empty: where a new instance goes on counting.
[[nodiscard]] uuid newest_call_id(pqxx::connection& connection);

struct call_filter {
    project_id project;
    /// Half-open range of the time of completion, which is in the row id: to the millisecond.
    std::chrono::system_clock::time_point from;
    std::chrono::system_clock::time_point to;
    /// Any of these; empty for all.
    std::vector<model::call_status> statuses;
    std::optional<server_id> server;
    std::optional<session_id> session;
    /// Case-insensitive substring.
    std::string tool_name;
    /// `key:<id>`, `user:<id>`, …; empty for all.
    std::string principal = {};
    /// Any of these; empty for all.
    std::vector<std::string> client_types = {};
    std::vector<model::error_class> failures = {};
    /// From receipt to the end, both inclusive.
    std::optional<std::chrono::milliseconds> shortest = {};
    std::optional<std::chrono::milliseconds> longest = {};
    /// Rows strictly older than this one: the keyset cursor.
    std::optional<uuid> before;
    int limit = 50;
};

struct call_page {
    std::vector<model::call_record> records; ///< newest first
    std::uint64_t total_count = 0;           ///< of the filter without the cursor
    std::optional<uuid> next_cursor;
};
[[nodiscard]] call_page query_calls(pqxx::connection& connection, const call_filter& filter);
[[nodiscard]] std::optional<model::call_record>
find_call(pqxx::connection& connection, const project_id& project, const uuid& id);

/// The parts add up to `total`.
struct call_metrics {
    std::uint64_t total = 0;
    std::uint64_t success = 0;
    std::uint64_t error = 0;
    std::uint64_t timeout = 0;
    std::uint64_t cancelled = 0;
    /// Seconds, over finished minus received; absent without rows.
    std::optional<double> mean;
    std::optional<double> p50;
    std::optional<double> p95;
    std::optional<double> p99;
    std::uint64_t unique_tools = 0;
    std::uint64_t unique_sessions = 0;
    /// Most frequent first, without `none`.
    std::vector<std::pair<model::error_class, std::uint64_t>> errors;
};
/// `limit` and `before` are ignored. Percentiles are continuous (percentile_cont).
[[nodiscard]] call_metrics measure_calls(pqxx::connection& connection, const call_filter& filter);

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
/// facet leaves its own filter aside, so that it shows what else could be chosen. `limit` and
/// `before` are ignored.
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
