#pragma once

#include "storage/pqxx_fwd.hpp"
#include "storage/row_walk.hpp"
#include "storage/server_log_filter.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace orch::storage {

// All of these throw what libpqxx throws; call them inside `session::run` or `database::submit`.

/// One transaction. Lines that are there already are left alone, so the same may come again.
void insert_server_log(pqxx::connection& connection,
                       const std::vector<model::server_log_entry>& entries);

struct server_log_page {
    std::vector<model::server_log_entry> entries; ///< newest first
    std::optional<uuid> next_cursor;
};
[[nodiscard]] server_log_page query_server_log(pqxx::connection& connection,
                                               const server_log_filter& filter);

/// The first lines of the filter behind `last`, among the next lines of its project, or of all.
/// Its range, `limit` and `before` are ignored.
[[nodiscard]] walk_step<model::server_log_entry> lines_after(pqxx::connection& connection,
                                                             const server_log_filter& filter,
                                                             const uuid& last,
                                                             const walk_limits& limits = {});
/// The newest line of all servers, nil when there is none.
[[nodiscard]] uuid newest_line(pqxx::connection& connection);

struct server_log_count {
    model::log_level level = model::log_level::info;
    model::log_category category = model::log_category::output;
    std::uint64_t lines = 0;
};
struct server_log_summary {
    /// Of levels and categories that have lines.
    std::vector<server_log_count> counts;
    /// Newest first, at most `newest_errors_max`.
    std::vector<model::server_log_entry> newest_errors;
};
inline constexpr int newest_errors_max = 10;
/// Of all lines of the filter; the newest errors are those of the filter with no other level.
[[nodiscard]] server_log_summary summarise_server_log(pqxx::connection& connection,
                                                      const server_log_filter& filter);

} // namespace orch::storage
