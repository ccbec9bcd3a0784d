#pragma once

#include "actors/admin_messages.hpp"
#include "core/model/refresh_schedule.hpp"

#include <caf/allowed_unsafe_message_type.hpp>

#include <chrono>
#include <cstddef>
#include <optional>

// Messages about the schedule by which servers are checked.

namespace orch::actors {

/// Say how the schedule stands; answered by `reply<schedule_report>`, as all commands here:
/// `unavailable` until it was read from the database.
struct report_schedule {};

/// These settings are stored; they hold unless newer ones do.
struct adopt_schedule {
    model::refresh_schedule settings;
};

/// Check all servers now; answered once that began, with `conflict` when it could not.
struct run_refresh {};

struct schedule_report {
    model::refresh_schedule schedule;
    /// Absent while the schedule is off.
    std::optional<std::chrono::system_clock::time_point> next_run;
    bool under_way = false;
    /// Runs that are stored.
    std::size_t runs_count = 0;
};

/// What the database holds.
struct stored_schedule {
    model::refresh_schedule schedule;
    std::size_t runs_count = 0;
};

/// The schedule was read, or could not be. Database thread → scheduler.
struct schedule_read {
    result<stored_schedule> value;
};

/// The runs were stored, or could not be. Database thread → scheduler.
struct runs_stored {
    result<void> value;
};

} // namespace orch::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::report_schedule)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::adopt_schedule)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::run_refresh)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::reply<orch::actors::schedule_report>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::schedule_read)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::runs_stored)
