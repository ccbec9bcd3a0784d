#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace orch::storage {

/// A recursive query `owners(id)`: the projects that have rows in `table`, and a NULL. Found by
/// jumping from one to the next in an index that begins with `project_id`, so it costs as much as
/// there are projects, however many rows they have.
[[nodiscard]] inline std::string project_owners(std::string_view table) {
    return fmt::format("owners(id) AS ((SELECT project_id FROM {0} WHERE project_id IS NOT NULL"
                       " ORDER BY project_id LIMIT 1) UNION ALL SELECT (SELECT project_id FROM {0}"
                       " WHERE project_id > owners.id ORDER BY project_id LIMIT 1)"
                       " FROM owners WHERE owners.id IS NOT NULL)",
                       table);
}

} // namespace orch::storage
