#pragma once

#include "storage/call_log_store.hpp"
#include "storage/sql_values.hpp"

#include <optional>
#include <string_view>

namespace orch::storage {

// The statements behind `query_calls`: fixed fragments, values as placeholders. A statement borrows
// texts from its filter, which must outlive it.

/// The columns of all rows of the filter, without its cursor, offset and limit. Conditions may be
/// added behind it.
[[nodiscard]] statement select_calls(std::string_view columns, const call_filter& filter);
/// How many rows the filter finds, `counted_calls_max` and one at most, and the ids of one page and
/// one row more, which tells whether a next page exists. One walk over the index for both: what is
/// searched for is compared only once. Behind a cursor nothing is counted.
[[nodiscard]] statement find_statement(const call_filter& filter);
/// The id of the row that is `rows_max` rows of the project behind `last`; no row when there are
/// fewer.
[[nodiscard]] statement walk_end_statement(const call_filter& filter, const uuid& last,
                                           int rows_max);
/// The ids of the first rows of the filter behind `last` and up to `end`, as one `uuid[]`.
[[nodiscard]] statement next_statement(const call_filter& filter, const uuid& last,
                                       const std::optional<uuid>& end, int limit);
/// Those rows, newest first, with the bodies that the filter wants. `ids` is the text of a
/// `uuid[]`.
[[nodiscard]] statement rows_statement(const call_filter& filter, const std::string& ids);

} // namespace orch::storage
