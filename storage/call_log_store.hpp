#pragma once

#include "core/model/observation.hpp"
#include "storage/pqxx_fwd.hpp"
#include "storage/row_walk.hpp"

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
/// is found by halving its transaction and told of; the rows around it are stored. A statement that
/// takes too long is halved, too. What is new is added to `usage_daily` in the same transaction.
insert_report insert_calls(pqxx::connection& connection,
                           const std::vector<model::call_record>& records);

/// The highest row id of the log, nil when empty: where a new instance goes on counting.
[[nodiscard]] uuid newest_call_id(pqxx::connection& connection);

/// How much a list without bodies tells of each.
inline constexpr std::size_t call_preview_bytes = 256;

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
    std::optional<std::chrono::microseconds> shortest = {};
    std::optional<std::chrono::microseconds> longest = {};
    /// Folded text (`mcp/search_text.hpp`) that a row's own must contain; empty for all.
    std::string search = {};
    /// Rows strictly older than this one: the keyset cursor.
    std::optional<uuid> before;
    /// Rows of a page, and those before it that are left out.
    int limit = 50;
    int offset = 0;
    /// Whether the rows of a page carry whole bodies, which are most of what they weigh, or only
    /// the first `call_preview_bytes` of each.
    bool with_bodies = true;
};

inline constexpr std::uint64_t counted_calls_max = 1'000'000;
struct call_page {
    std::vector<model::call_record> records; ///< newest first
    /// Of the filter; absent behind a cursor.
    std::optional<std::uint64_t> total_count;
    /// False when there are more than `counted_calls_max`, which is then the count.
    bool is_exact = true;
    std::optional<uuid> next_cursor;
};
[[nodiscard]] call_page query_calls(pqxx::connection& connection, const call_filter& filter);
/// The first rows of the filter behind `last`, among the next rows of the project. Its range,
/// `limit` and `before` are ignored.
[[nodiscard]] walk_step<model::call_record> calls_after(pqxx::connection& connection,
                                                        const call_filter& filter, const uuid& last,
                                                        const walk_limits& limits = {});
[[nodiscard]] std::optional<model::call_record>
find_call(pqxx::connection& connection, const project_id& project, const uuid& id);

} // namespace orch::storage
