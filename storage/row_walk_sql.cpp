#include "storage/row_walk_sql.hpp"

#include <fmt/format.h>

namespace orch::storage {

void find_walk_end(statement& all, const uuid& last, int rows_max) {
    auto& values = all.parameters;
    // One value per statement: arguments of one call are evaluated in any order.
    all.text += fmt::format(" AND id > ${}::uuid ORDER BY id", values.id(last));
    all.text += fmt::format(" OFFSET ${}::bigint LIMIT 1", values.integer(rows_max - 1));
}

void find_next_rows(statement& wanted, const uuid& last, const std::optional<uuid>& end,
                    int limit) {
    auto& values = wanted.parameters;
    wanted.text += fmt::format(" AND id > ${}::uuid", values.id(last));
    if (end) {
        wanted.text += fmt::format(" AND id <= ${}::uuid", values.id(*end));
    }
    wanted.text += fmt::format(" ORDER BY id LIMIT ${}::bigint", values.integer(limit));
}

} // namespace orch::storage
