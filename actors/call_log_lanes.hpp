#pragma once

#include "storage/spool.hpp"

#include <memory>
#include <vector>

namespace orch::actors {

/// How far the spool of one unit is in the database: what the call log writer reads on, and the
/// next one when it died. Outlives the writers; touched by the one that lives.
struct call_log_lane {
    storage::spool_reader reader;
    /// Where the spool ended when the unit was last asked.
    storage::spool_position end = {};
    /// Records that were read but not stored yet.
    std::vector<model::call_record> records = {};
};

/// One lane for each of `units` units.
[[nodiscard]] result<std::vector<call_log_lane>>
open_lanes(const storage::spool_options& options, const instance_id& instance, std::size_t units,
           const std::shared_ptr<storage::spool_usage>& usage);

/// Deletes the files of units whose records are all in the database; the others are for the next
/// start. Only when neither recorders nor a call log writer live any more.
void finish_lanes(std::vector<call_log_lane>& lanes, const storage::spool_options& options,
                  const instance_id& instance);

} // namespace orch::actors
