#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/model/refresh_schedule.hpp"

#include <optional>
#include <string>

namespace orch::actors {

/// Decides when the servers are checked: every interval with up to a tenth of it on top, counted
/// from the beginning of the last run, also over a restart. One run at a time. Pure; used by one
/// actor. Each `jitter` is in [0, 1).
class refresh_timetable {
public:
    /// The same moment on both clocks.
    struct moment {
        monotonic_time monotonic;
        wall_time wall;
    };
    [[nodiscard]] static moment now_of(const clock_source& clock) {
        return {clock.monotonic(), clock.wall()};
    }

    /// Goes on where a stored schedule stands: a run that is overdue comes soon.
    refresh_timetable(model::refresh_schedule stored, moment now, double jitter);

    /// Takes over settings; older ones than the present are left aside.
    void adopt(const model::refresh_schedule& settings, moment now, double jitter);

    /// Whether a run begins now. One that is due while another is under way is counted and left
    /// out, or follows that one, as the settings say.
    [[nodiscard]] bool begins(moment now, double jitter);
    /// A run that somebody asks for, also while the schedule is off; `conflict` while one is under
    /// way. The next one is an interval later.
    [[nodiscard]] result<void> begin_now(moment now, double jitter);
    /// The run under way is over; `problem` is empty when it came to its end.
    [[nodiscard]] model::refresh_run finish(const model::refresh_counts& counts,
                                            std::string problem, moment now);

    [[nodiscard]] const model::refresh_schedule& schedule() const noexcept { return schedule_; }
    [[nodiscard]] bool under_way() const noexcept { return run_.has_value(); }
    /// Whether it was somebody who asked for the run under way.
    [[nodiscard]] bool manual() const noexcept {
        return run_ && run_->trigger == model::refresh_trigger::manual;
    }
    /// Absent while the schedule is off.
    [[nodiscard]] std::optional<wall_time> next_run(moment now) const;

private:
    struct run_under_way {
        model::refresh_trigger trigger;
        moment begun;
    };

    void begin(model::refresh_trigger trigger, moment now, double jitter);
    void plan_from_place(moment now, double jitter);
    [[nodiscard]] monotonic_time::duration interval_with(double jitter) const;

    model::refresh_schedule schedule_;
    monotonic_time due_;
    std::optional<run_under_way> run_;
    /// A run that was due during the one under way, and follows it.
    bool owed_ = false;
};

} // namespace orch::actors
