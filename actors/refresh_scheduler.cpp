#include "actors/refresh_scheduler.hpp"

#include "actors/bridge/ask.hpp"
#include "actors/restart_policy.hpp"
#include "core/log.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <utility>

namespace orch::actors {

namespace {

/// Servers whose turn did not come by then wait for the next run.
constexpr std::chrono::minutes run_limit{50};
/// Beyond it, for the servers that were asked last.
constexpr std::chrono::minutes answer_slack{2};
constexpr std::chrono::seconds retry_pause{2};

} // namespace

refresh_scheduler::refresh_scheduler(caf::actor_config& config, bridge::io_unit& home,
                                     caf::actor refresh, schedule_storage storage)
    : pinned_actor(config, home), refresh_(std::move(refresh)), storage_(std::move(storage)) {
    bridge::install_default_handlers(*this, "scheduler");
}

caf::behavior refresh_scheduler::make_behavior() {
    load();
    return caf::behavior{
        [this](tick) { on_tick(); },
        [this](const report_schedule&) { return on_report(); },
        [this](const adopt_schedule& change) { return on_adopt(change); },
        [this](const run_refresh&) { return on_run(); },
        [this](const schedule_read& read) { on_read(read); },
        [this](const runs_stored& stored) { on_stored(stored); },
    };
}

void refresh_scheduler::on_exit() { refresh_ = nullptr; }

void refresh_scheduler::on_tick() {
    if (!timetable_) {
        if (!loading_ && may_retry()) {
            load();
        }
        return;
    }
    if (timetable_->begins(now(), random_jitter())) {
        refresh_all_servers();
    }
    if (saving_ == 0 && !unsaved_.empty() && may_retry()) {
        save();
    }
}

bool refresh_scheduler::may_retry() { return now().monotonic >= retry_at_; }

void refresh_scheduler::load() {
    loading_ = true;
    storage_.load([self = caf::actor_cast<caf::actor>(this)](result<stored_schedule> found) {
        caf::anon_send(self, schedule_read{std::move(found)});
    });
}

void refresh_scheduler::on_read(const schedule_read& read) {
    loading_ = false;
    if (!read.value) {
        log::warning("scheduler", "the schedule waits for the database: {}",
                     read.value.error().detail);
        retry_at_ = now().monotonic + retry_pause;
        return;
    }
    timetable_.emplace(read.value->schedule, now(), random_jitter());
    runs_count_ = read.value->runs_count;
    if (early_settings_) {
        timetable_->adopt(*early_settings_, now(), random_jitter());
        early_settings_.reset();
    }
}

refresh_scheduler::report_reply refresh_scheduler::on_report() {
    if (!timetable_) {
        return {error{errc::unavailable, "the schedule is not read from the database yet"}};
    }
    return {schedule_report{timetable_->schedule(), timetable_->next_run(now()),
                            timetable_->under_way(), runs_count_}};
}

refresh_scheduler::report_reply refresh_scheduler::on_adopt(const adopt_schedule& change) {
    if (timetable_) {
        timetable_->adopt(change.settings, now(), random_jitter());
    } else if (!early_settings_ || early_settings_->revision < change.settings.revision) {
        early_settings_ = change.settings;
    }
    return on_report();
}

refresh_scheduler::report_reply refresh_scheduler::on_run() {
    if (timetable_) {
        if (const auto begun = timetable_->begin_now(now(), random_jitter()); !begun) {
            return {begun.error()};
        }
        refresh_all_servers();
    }
    return on_report();
}

void refresh_scheduler::refresh_all_servers() {
    const auto kind = timetable_->manual() ? check_kind::asked : check_kind::routine;
    const auto at_once = static_cast<std::size_t>(timetable_->schedule().max_workers);
    request(refresh_, run_limit + answer_slack, refresh_all{at_once, kind, run_limit})
        .then(
            [this](const reply<refresh_summary>& reply) {
                if (reply.value) {
                    const auto left_out = reply.value->left_out;
                    finish(*reply.value,
                           left_out == 0 ? ""
                                         : fmt::format("{} servers were not reached within {} min",
                                                       left_out, run_limit.count()));
                } else {
                    finish({}, reply.value.error().detail);
                }
            },
            [this](const caf::error& why) {
                finish({}, fmt::format("the check broke off: {}", bridge::unanswered(why).detail));
            });
}

void refresh_scheduler::finish(const refresh_summary& summary, std::string problem) {
    if (!problem.empty()) {
        log::warning("scheduler", "a check of all servers failed: {}", problem);
    }
    unsaved_.push_back(timetable_->finish(summary.counts, std::move(problem), now()));
    if (unsaved_.size() > model::refresh_run::kept_max) {
        unsaved_.erase(unsaved_.begin());
        saving_ = saving_ > 0 ? saving_ - 1 : 0;
    }
    if (saving_ == 0) {
        save();
    }
}

void refresh_scheduler::save() {
    saving_ = unsaved_.size();
    storage_.save(unsaved_, timetable_->schedule(),
                  [self = caf::actor_cast<caf::actor>(this)](result<void> stored) {
                      caf::anon_send(self, runs_stored{std::move(stored)});
                  });
}

void refresh_scheduler::on_stored(const runs_stored& stored) {
    const auto sent = std::exchange(saving_, 0);
    if (!stored.value) {
        log::warning("scheduler", "the history of checks waits for the database: {}",
                     stored.value.error().detail);
        retry_at_ = now().monotonic + retry_pause;
        return;
    }
    unsaved_.erase(unsaved_.begin(), unsaved_.begin() + static_cast<std::ptrdiff_t>(sent));
    runs_count_ = std::min(runs_count_ + sent, model::refresh_run::kept_max);
}

} // namespace orch::actors
