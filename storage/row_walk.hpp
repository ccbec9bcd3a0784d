#pragma once

#include "core/uuid.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace orch::storage {

/// No row is from later (years are 1970 to 2200).
inline constexpr std::chrono::system_clock::time_point latest_row = std::chrono::sys_days(
    std::chrono::January / 1 / 2200);

/// One step of a walk through a log with time.
template <class Row>
struct walk_step {
    /// What the filter found, oldest first.
    std::vector<Row> rows;
    /// Where to go on; nothing when the newest row was passed.
    std::optional<uuid> next;
};

/// How long a step is: rows that it finds, and rows that it looks at whatever it finds among them,
/// so that no walk holds up the others.
struct walk_limits {
    int found_max = 100;
    int rows_max = 20'000;
};

} // namespace orch::storage
