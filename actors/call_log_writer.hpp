#pragma once

#include "actors/bridge/coordinator.hpp"
#include "actors/call_log_lanes.hpp"
#include "actors/call_recorder.hpp"
#include "actors/messages.hpp"
#include "actors/tail_door.hpp"
#include "core/clock.hpp"
#include "core/uuid.hpp"
#include "storage/call_log_store.hpp"
#include "storage/database.hpp"
#include "storage/spool.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/response_promise.hpp>

#include <atomic>
#include <memory>
#include <vector>

namespace orch::actors {

/// Numbers that others may watch; written by the call log writer.
struct call_log_state {
    std::atomic<std::uint64_t> stored{0};
    std::atomic<std::uint64_t> refused{0};
    std::atomic<std::uint64_t> damaged{0};
    std::atomic<bool> database_away{false};
    /// When the transaction under way began; `never` while there is none.
    std::atomic<monotonic_time> storing_since{never};

    static constexpr monotonic_time never = monotonic_time::max();
    /// Longer than any healthy transaction: a statement that takes half of it is cut off.
    static constexpr std::chrono::seconds storing_max{10};

    /// Whether the database took the last records that it was given, and in time.
    [[nodiscard]] bool database_up(monotonic_time now) const noexcept {
        const auto since = storing_since.load();
        return !database_away && (since == never || now - since <= storing_max);
    }
};

struct call_log_writer_setup {
    storage::database_options database;
    storage::spool_options spool;
    instance_id instance;
    std::chrono::milliseconds interval;
    uuid_sequence& sequence;
    /// By index of the unit; touched only on that unit.
    std::vector<std::unique_ptr<call_recorder>>& recorders;
    /// The same; a writer goes on where the one before it stopped.
    std::vector<call_log_lane>& lanes;
    std::shared_ptr<call_log_state> state;
    const clock_source& clock;
    /// To those who watch.
    tail_door door = {};
};

/// Brings finished calls from the spool to the database, in the order of their ids, so that a
/// cursor sees no gap. Runs detached: it may block on the database.
/// Owns: its database connection. It alone touches the lanes.
/// Talks to: the recorders of all units, by a barrier: mint a cutoff, let every unit flush, then
/// store everything up to the cutoff. After a cycle it sleeps until a recorder has something again.
/// Ends when: the supervisor tells it to, after a last `flush_log`.
/// On failure: the records stay in the spool; it tries again with growing pauses. When it dies
/// itself, another one reads the lanes on from what was stored for certain; rows that are there
/// already are ignored. It never deletes a file that a recorder may still write to.
class call_log_writer final : public caf::event_based_actor {
public:
    call_log_writer(caf::actor_config& config, call_log_writer_setup setup);

    caf::behavior make_behavior() override;
    void on_exit() override;

private:
    void on_ship();
    void on_records_wait();
    void on_flushed(const spool_flushed& flushed);
    caf::response_promise on_flush();

    void begin_cycle();
    /// Back to what is stored for certain.
    void rewind();
    /// Stores everything up to `cutoff_`; false when the database is away.
    [[nodiscard]] bool store_cycle();
    /// Moves the records that may be stored now, in order, out of the lanes.
    [[nodiscard]] result<std::vector<model::call_record>> next_batch();
    /// Makes the rows complete, stores them and hands them to the tail; false when the database is
    /// away.
    [[nodiscard]] bool store(std::vector<model::call_record>& batch);
    /// `batch` is moved from.
    void show(std::vector<model::call_record>& batch, const storage::insert_report& report);
    /// Stores what earlier instances left behind; false when the database is away.
    [[nodiscard]] bool store_remains();
    void end_cycle(bool stored);
    void schedule(std::chrono::milliseconds delay);

    call_log_writer_setup setup_;
    storage::session session_;
    std::vector<call_log_lane>& lanes_;
    uuid cutoff_;
    std::size_t missing_ = 0;
    bool cycle_open_ = false;
    /// A recorder has had something since the cycle began, or since the last one.
    bool records_wait_ = false;
    bool timer_armed_ = false;
    bool remains_stored_ = false;
    std::chrono::milliseconds pause_{0};
    /// Wait for the end of a cycle that began after they asked.
    std::vector<caf::response_promise> flush_waiters_;
    std::vector<caf::response_promise> next_flush_waiters_;
};

} // namespace orch::actors
