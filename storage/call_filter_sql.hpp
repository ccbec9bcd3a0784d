#pragma once

#include "storage/call_log_store.hpp"
#include "storage/sql_values.hpp"

#include <string_view>

namespace orch::storage {

// The statements behind `query_calls`: fixed fragments, values as placeholders. A statement borrows
// texts from its filter, which must outlive it.

/// The columns of all rows of the filter, without its cursor, offset and limit. Conditions may be
/// added behind it.
[[nodiscard]] statement select_calls(std::string_view columns, const call_filter& filter);
/// One page and one row more, which tells whether a next page exists.
[[nodiscard]] statement list_statement(const call_filter& filter);
[[nodiscard]] statement count_statement(const call_filter& filter);

} // namespace orch::storage
