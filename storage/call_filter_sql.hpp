#pragma once

#include "storage/call_log_store.hpp"
#include "storage/sql_values.hpp"

namespace orch::storage {

// The statements behind `query_calls`, `measure_calls` and the charts: fixed fragments, values as
// placeholders. A statement borrows texts from its filter, which must outlive it.

/// One page and one row more, which tells whether a next page exists.
[[nodiscard]] statement list_statement(const call_filter& filter);
[[nodiscard]] statement count_statement(const call_filter& filter);
[[nodiscard]] statement metrics_statement(const call_filter& filter);
[[nodiscard]] statement errors_statement(const call_filter& filter);
/// The filter without what the facet itself is about.
[[nodiscard]] call_filter without(call_facet facet, call_filter filter);
/// Rows of value, server (NULL for other facets) and count.
[[nodiscard]] statement facet_statement(const call_filter& filter, call_facet facet);
/// Rows of the bucket's number, status and count.
[[nodiscard]] statement histogram_statement(const call_filter& filter,
                                            std::chrono::milliseconds width);

} // namespace orch::storage
