#pragma once

#include "actors/bridge/io_unit.hpp"
#include "actors/messages.hpp"
#include "actors/reply_port.hpp"
#include "core/model/observation.hpp"
#include "core/uuid.hpp"
#include "storage/spool.hpp"

#include <caf/actor.hpp>

#include <vector>

namespace orch::actors {

/// Takes in the finished calls of one io unit: all records of one turn go to the spool in one
/// write, and only then do the answers leave. Owns the unit's spool writer; lives
/// on the unit, called directly by its actors. Tells the metrics and the session writer.
class call_recorder {
public:
    struct listeners {
        caf::actor metrics;
        caf::actor session_writer;
    };

    call_recorder(bridge::io_unit& unit, storage::spool_writer spool,
                  storage::full_spool_policy when_full, uuid_sequence& sequence, listeners told);

    /// Whether a new call may start: false while the spool cannot take its record, unless the
    /// policy is to go on with a counted gap.
    [[nodiscard]] bool accepting() const noexcept;

    /// Gives the record its id and stores it; then `port` sends `answer`. An empty port: nobody
    /// waits, e.g. after a cancellation.
    void record(model::call_record record, reply_port_ptr port, encoded_message answer);

    /// Writes everything now and tells `shipper` how far the spool reaches.
    void report_flushed(const caf::actor& shipper, const uuid& cutoff);
    /// Writes everything now and lets the answers go.
    void flush();
    /// Tells the listeners of the calls since the last time. Done by `report_flushed`, and before
    /// a session says that it ended.
    void announce();
    /// Forgets the listeners, which would keep each other alive.
    void detach();

private:
    struct waiting_answer {
        reply_port_ptr port;
        encoded_message answer;
    };

    bridge::io_unit& unit_;
    storage::spool_writer spool_;
    const storage::full_spool_policy when_full_;
    uuid_sequence& sequence_;
    listeners listeners_;
    std::vector<waiting_answer> waiting_;
    std::vector<call_outcome_entry> outcomes_;
    bool flush_posted_ = false;
    bool spool_failed_ = false;
};

} // namespace orch::actors
