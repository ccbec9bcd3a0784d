#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/messages.hpp"
#include "actors/refresh_summary.hpp"
#include "actors/refresh_timetable.hpp"
#include "actors/schedule_storage.hpp"

#include <optional>
#include <string>
#include <vector>

namespace orch::actors {

/// Has the status of all enabled servers refreshed, again and again, so that what lists say grows
/// never old. Goes by the supervisor's ticks.
/// Owns: the timetable; runs that wait for the database, `model::refresh_run::kept_max` at most.
/// Talks to: the refresh actor, and to the database through its threads.
/// Ends when: the supervisor tells it to.
/// On failure: it is spawned anew and reads from the database where it was; a run under way is not
/// in the history then, and is overdue.
class refresh_scheduler final : public bridge::pinned_actor {
public:
    /// `refresh` is the address of the refresh actor.
    refresh_scheduler(caf::actor_config& config, bridge::io_unit& home, caf::actor refresh,
                      schedule_storage storage);

    caf::behavior make_behavior() override;
    void on_exit() override;

private:
    using report_reply = reply<schedule_report>;

    void on_tick();
    void on_read(const schedule_read& read);
    void on_stored(const runs_stored& stored);
    [[nodiscard]] report_reply on_report();
    [[nodiscard]] report_reply on_adopt(const adopt_schedule& change);
    [[nodiscard]] report_reply on_run();

    void load();
    void refresh_all_servers();
    void finish(const refresh_summary& summary, std::string problem);
    void save();
    [[nodiscard]] bool may_retry();
    [[nodiscard]] refresh_timetable::moment now() {
        return refresh_timetable::now_of(home().clock());
    }

    caf::actor refresh_;
    schedule_storage storage_;
    /// Absent until the database was read.
    std::optional<refresh_timetable> timetable_;
    /// Came before the database was read.
    std::optional<model::refresh_schedule> early_settings_;
    std::vector<model::refresh_run> unsaved_;
    /// Of `unsaved_`, those from the front that are on their way to the database.
    std::size_t saving_ = 0;
    std::size_t runs_count_ = 0;
    bool loading_ = false;
    monotonic_time retry_at_{};
};

} // namespace orch::actors
