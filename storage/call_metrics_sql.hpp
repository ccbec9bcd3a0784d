#pragma once

#include "storage/call_log_metrics.hpp"
#include "storage/sql_values.hpp"

#include <string>

namespace orch::storage {

// The statements behind the numbers about calls. A statement borrows texts from its filter, which
// must outlive it. Measured columns are, in this order: total, success, error, timeout, cancelled,
// tools, sessions, principals, mean, p50, p95, p99.

/// One row of measured columns.
[[nodiscard]] statement metrics_statement(const call_filter& filter);
/// Rows of class and count.
[[nodiscard]] statement errors_statement(const call_filter& filter);
/// Rows of value, server, its name, and measured columns.
[[nodiscard]] statement groups_statement(const call_filter& filter, call_group by,
                                         const std::string& prefix, group_order order, int limit);
/// Rows of the bucket's number and measured columns.
[[nodiscard]] statement series_statement(const call_filter& filter,
                                         std::chrono::milliseconds width);
/// Rows of server, its name and tool.
[[nodiscard]] statement unused_tools_statement(const call_filter& filter);

/// The filter without what the facet itself is about.
[[nodiscard]] call_filter without(call_facet facet, call_filter filter);
/// Rows of value, server (NULL for other facets) and count.
[[nodiscard]] statement facet_statement(const call_filter& filter, call_facet facet);
/// Rows of the bucket's number, status and count.
[[nodiscard]] statement histogram_statement(const call_filter& filter,
                                            std::chrono::milliseconds width);

} // namespace orch::storage
