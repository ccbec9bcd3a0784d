#pragma once

#include "core/uuid.hpp"
#include "storage/sql_values.hpp"

#include <optional>

namespace orch::storage {

// The ends of the statements of a walk through a log: put behind the conditions of one that selects
// ids.

/// Finds the row that is `rows_max` rows behind `last`; none when there are fewer.
void find_walk_end(statement& all, const uuid& last, int rows_max);
/// Finds the first `limit` rows behind `last` and up to `end`, oldest first.
void find_next_rows(statement& wanted, const uuid& last, const std::optional<uuid>& end, int limit);

} // namespace orch::storage
