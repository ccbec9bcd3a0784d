#pragma once

#include "actors/bridge/io_unit.hpp"
#include "actors/messages.hpp"
#include "actors/reply_port.hpp"
#include "core/model/observation.hpp"
#include "core/uuid.hpp"
#include "storage/spool.hpp"

#include <caf/actor.hpp>
#include <caf/actor_addr.hpp>

#include <atomic>
#include <cstdint>
#include <vector>

namespace orch::actors {

/// Takes in the finished calls of one io unit: all records of one turn go to the spool in one
/// write, and only then do the answers leave. While the spool cannot be written, policy `refuse`
/// keeps the answers until it can: a client that has its answer can rely on the row. Policy `gap`
/// lets them go. Owns the unit's spool writer; lives on the unit, called directly by its actors.
/// Tells the metrics and the session writer.
class call_recorder {
public:
    struct listeners {
        caf::actor metrics;
        caf::actor session_writer;
    };

    /// Whether there are rows at all, and what becomes of calls whose row finds no room.
    struct policy {
        storage::full_spool_policy when_full = storage::full_spool_policy::refuse;
        bool keeps_rows = true;
    };

    call_recorder(bridge::io_unit& unit, storage::spool_writer spool, policy rows,
                  uuid_sequence& sequence, listeners told);

    /// Whether a new call may start: false while the spool cannot take its record, unless the
    /// policy is to go on with a counted gap.
    [[nodiscard]] bool accepting() const noexcept;

    /// Counts a call that was refused because of `accepting()`. It has no record: there is no room.
    void note_refusal() noexcept { ++turned_away_; }

    /// Gives the record its id and, if rows are kept, stores it; then `port` sends `answer`. An
    /// empty port: nobody waits, e.g. after a cancellation. A record that the spool does not take
    /// is counted and its answer sent: the gap is told of.
    void record(model::call_record_ptr record, reply_port_ptr port, encoded_message answer);

    /// Writes everything now and tells `shipper` how far the spool reaches; and when there is
    /// something new after that, once.
    void report_flushed(const caf::actor& shipper, const uuid& cutoff);
    /// Writes everything now and lets the answers go.
    void flush();
    /// Tells the listeners of the calls since the last time. Done by `report_flushed`, and before
    /// a session says that it ended.
    void announce();
    /// Calls refused, and calls that ran but have no record. Readable from any thread.
    [[nodiscard]] std::uint64_t turned_away() const noexcept { return turned_away_; }
    [[nodiscard]] std::uint64_t unrecorded() const noexcept { return unrecorded_; }
    /// Forgets the listeners, which would keep each other alive.
    void detach();

private:
    /// Whether the spool or an answer waits for another flush.
    [[nodiscard]] bool unfinished() const noexcept;
    void wake_shipper();
    /// Whether the record is in the spool's buffer now.
    [[nodiscard]] bool keep(const model::call_record& record);

    struct waiting_answer {
        reply_port_ptr port;
        encoded_message answer;
    };

    bridge::io_unit& unit_;
    storage::spool_writer spool_;
    const policy policy_;
    uuid_sequence& sequence_;
    listeners listeners_;
    /// Of the latest record.
    uuid last_;
    /// Wants to hear of the next record.
    caf::actor_addr shipper_;
    std::vector<waiting_answer> waiting_;
    std::vector<call_outcome_entry> outcomes_;
    std::atomic<std::uint64_t> turned_away_{0};
    std::atomic<std::uint64_t> unrecorded_{0};
    bool flush_posted_ = false;
    bool spool_failed_ = false;
    bool gap_told_ = false;
};

} // namespace orch::actors
