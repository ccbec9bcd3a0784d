#pragma once

#include "actors/item_set.hpp"
#include "core/model/observation.hpp"
#include "core/model/project.hpp"
#include "storage/spool.hpp"

#include <caf/allowed_unsafe_message_type.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

// Messages of the writers: what happened, for log, metrics and lists.

namespace orch::actors {

/// What the metrics and the session counters need of one finished call.
struct call_outcome_entry {
    project_id project;
    session_id session;
    std::string server;
    std::string tool;
    model::call_status status = model::call_status::success;
    model::error_class failure = model::error_class::none;
    /// False for a call that was refused before its server saw it.
    bool reached_server = false;
    std::chrono::microseconds duration{};
    std::chrono::system_clock::time_point finished;
};

/// The calls that finished on one unit since the last report. Recorder → metrics, session writer.
struct calls_finished {
    std::shared_ptr<const std::vector<call_outcome_entry>> calls;
};

/// A unit's records up to `cutoff` are in its spool. Recorder → call log writer.
struct spool_flushed {
    std::size_t unit = 0;
    uuid cutoff;
    storage::spool_position position;
};

/// There is something beyond the last `spool_flushed`: the first record after it, one after its
/// cutoff, or one that the spool did not take. Recorder → call log writer.
struct records_wait {};

/// Bring what is in the spool to the database. Timer → call log writer.
struct ship_log {};

/// Answered by `flushed` once everything recorded so far is stored, or cannot be.
struct flush_log {};
struct flushed {};

/// A line for a server's own log. Server → server log writer.
struct server_logged {
    model::server_log_entry entry;
};

/// The known condition of a server changed. Server → server log writer, which stores it.
struct status_changed {
    model::server_status status;
};

/// One of the known lists of a server changed. Server → server log writer, which stores it.
struct items_discovered {
    server_id server;
    model::list_kind kind = model::list_kind::tools;
    item_set_ptr items;
};

/// A server says other things of itself than before. Server → server log writer, which stores them.
struct server_introduced {
    server_id server;
    introduction_ptr introduction;
};

/// A client connected. Session → session writer.
struct session_opened {
    model::client_session session;
};

/// What became known of a client at its handshake. Session → session writer.
struct session_identified {
    model::client_session session;
};

/// A client is gone. Session → session writer.
struct session_closed {
    session_id session;
    std::chrono::system_clock::time_point at;
};

/// Write what is pending. Timer → writer.
struct write_pending {};

/// Forget what is old enough; answered by `forgotten` at the end of a round that began later.
/// Supervisor → retention actor.
struct forget_old {};
/// Take the next step. Retention actor → itself.
struct forget_next {};
struct forgotten {
    /// Day partitions of the call log.
    std::size_t days = 0;
    /// Of all other tables.
    std::size_t rows = 0;
    /// False when something that is old enough was left.
    bool complete = true;
};

/// Answered by the metrics in Prometheus' text format.
struct render_metrics {};
struct metrics_text {
    std::string text;
};

} // namespace orch::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::calls_finished)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::spool_flushed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::records_wait)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::ship_log)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::flush_log)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::flushed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::server_logged)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::status_changed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::items_discovered)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::server_introduced)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::session_opened)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::session_identified)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::session_closed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::write_pending)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::forget_old)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::forget_next)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::forgotten)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::render_metrics)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::metrics_text)
