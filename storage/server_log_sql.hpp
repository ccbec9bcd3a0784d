#pragma once

#include "storage/server_log_filter.hpp"
#include "storage/sql_values.hpp"

namespace orch::storage {

// The statements behind `query_server_log`: fixed fragments, values as placeholders. A statement
// borrows texts from its filter, which must outlive it.

/// The lines of one page and one line more, which tells whether a next page exists, newest first.
/// Which lines they are is read from an index alone, unless text is searched for.
[[nodiscard]] statement server_log_statement(const server_log_filter& filter);
/// The id of the line that is `rows_max` lines of the filter's project, or of all, behind `last`;
/// no row when there are fewer.
[[nodiscard]] statement lines_end_statement(const server_log_filter& filter, const uuid& last,
                                            int rows_max);
/// The first lines of the filter behind `last` and up to `end`, oldest first.
[[nodiscard]] statement next_lines_statement(const server_log_filter& filter, const uuid& last,
                                             const std::optional<uuid>& end, int limit);
/// How many lines of each level and category there are, without cursor and limit.
[[nodiscard]] statement server_log_counts_statement(const server_log_filter& filter);

} // namespace orch::storage
