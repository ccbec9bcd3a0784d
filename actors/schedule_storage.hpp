#pragma once

#include "actors/schedule_messages.hpp"
#include "storage/database.hpp"

#include <functional>
#include <vector>

namespace orch::actors {

/// Where the schedule and its runs are kept. Both come back at once and call `done` later, on any
/// thread.
struct schedule_storage {
    std::function<void(std::function<void(result<stored_schedule>)> done)> load;
    /// Adds the runs, oldest first, and where the schedule stands.
    std::function<void(std::vector<model::refresh_run> runs, model::refresh_schedule stands,
                       std::function<void(result<void>)> done)>
        save;
};

/// On the threads of `database`, which outlives it.
[[nodiscard]] schedule_storage store_schedule_in(storage::database& database);

} // namespace orch::actors
