#pragma once

#include "storage/call_log_store.hpp"
#include "storage/sql_values.hpp"

namespace orch::storage {

// The statements behind `query_calls` and `measure_calls`: fixed fragments, values as placeholders.

/// One page and one row more, which tells whether a next page exists.
[[nodiscard]] statement list_statement(const call_filter& filter);
[[nodiscard]] statement count_statement(const call_filter& filter);
[[nodiscard]] statement metrics_statement(const call_filter& filter);
[[nodiscard]] statement errors_statement(const call_filter& filter);

} // namespace orch::storage
