#include "actors/refresh_timetable.hpp"

#include <algorithm>
#include <utility>

namespace orch::actors {

namespace {

using duration = monotonic_time::duration;

/// Added to an interval at most, so that several orchestrators do not keep step.
constexpr double jitter_share = 0.1;
/// How long after a start an overdue run comes, and as much again at most: clients come first.
constexpr std::chrono::seconds catch_up_pause{5};

duration scaled(duration length, double factor) {
    return std::chrono::duration_cast<duration>(
        std::chrono::duration<double, duration::period>(length) * factor);
}

} // namespace

refresh_timetable::refresh_timetable(model::refresh_schedule stored, moment now, double jitter)
    : schedule_(std::move(stored)) {
    plan_from_place(now, jitter);
}

duration refresh_timetable::interval_with(double jitter) const {
    return scaled(schedule_.server_check_interval, 1 + jitter_share * jitter);
}

void refresh_timetable::plan_from_place(moment now, double jitter) {
    const auto place = std::max(schedule_.resumed_at,
                                schedule_.last_execution.value_or(schedule_.resumed_at));
    const auto longest = interval_with(jitter);
    const auto soonest = scaled(catch_up_pause, 1 + jitter);
    // A wall clock that was set back must not put the run off any further than an interval.
    const auto left = std::min<duration>(place - now.wall + longest, longest);
    due_ = now.monotonic + (left > duration::zero() ? left : soonest);
}

void refresh_timetable::adopt(const model::refresh_schedule& settings, moment now, double jitter) {
    if (settings.revision <= schedule_.revision) {
        return;
    }
    const bool stays = settings.running == schedule_.running &&
                       settings.resumed_at == schedule_.resumed_at &&
                       settings.server_check_interval == schedule_.server_check_interval;
    schedule_.running = settings.running;
    schedule_.server_check_interval = settings.server_check_interval;
    schedule_.coalesce = settings.coalesce;
    schedule_.max_workers = settings.max_workers;
    schedule_.resumed_at = settings.resumed_at;
    schedule_.revision = settings.revision;
    if (!stays) {
        owed_ = false;
        plan_from_place(now, jitter);
    }
}

bool refresh_timetable::begins(moment now, double jitter) {
    if (!schedule_.running || now.monotonic < due_) {
        return false;
    }
    if (!run_) {
        begin(model::refresh_trigger::schedule, now, jitter);
        return true;
    }
    if (schedule_.coalesce || owed_) {
        ++schedule_.skipped_count;
    } else {
        owed_ = true;
    }
    due_ = now.monotonic + interval_with(jitter);
    return false;
}

result<void> refresh_timetable::begin_now(moment now, double jitter) {
    if (run_) {
        return error{errc::conflict, "A check of all servers is under way already."};
    }
    begin(model::refresh_trigger::manual, now, jitter);
    return {};
}

void refresh_timetable::begin(model::refresh_trigger trigger, moment now, double jitter) {
    run_ = run_under_way{trigger, now};
    schedule_.last_execution = now.wall;
    due_ = now.monotonic + interval_with(jitter);
}

model::refresh_run refresh_timetable::finish(const model::refresh_counts& counts,
                                             std::string problem, moment now) {
    const auto run = std::exchange(run_, std::nullopt).value();
    if (std::exchange(owed_, false)) {
        due_ = now.monotonic;
    }
    return {
        run.begun.wall,
        std::chrono::duration_cast<std::chrono::milliseconds>(now.monotonic - run.begun.monotonic),
        run.trigger, counts, std::move(problem)};
}

std::optional<wall_time> refresh_timetable::next_run(moment now) const {
    if (!schedule_.running) {
        return std::nullopt;
    }
    return now.wall + std::chrono::duration_cast<wall_time::duration>(
                          std::max(due_ - now.monotonic, duration::zero()));
}

} // namespace orch::actors
