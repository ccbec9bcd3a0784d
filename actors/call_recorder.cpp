#include "actors/call_recorder.hpp"

#include "core/log.hpp"

#include <caf/send.hpp>

#include <utility>

namespace orch::actors {

namespace {

/// Outcomes that wait for the next report at most.
constexpr std::size_t outcomes_max = 1'024;

call_outcome_entry outcome_of(const model::call_record& record) {
    return {record.project,
            record.caller.session,
            record.server_name,
            record.tool_name,
            record.status,
            record.failure,
            record.times.sent.has_value(),
            std::chrono::duration_cast<std::chrono::microseconds>(record.times.finished -
                                                                  record.times.received),
            record.times.finished};
}

} // namespace

call_recorder::call_recorder(bridge::io_unit& unit, storage::spool_writer spool, policy rows,
                             uuid_sequence& sequence, listeners told)
    : unit_(unit), spool_(std::move(spool)), policy_(rows), sequence_(sequence),
      listeners_(std::move(told)) {}

bool call_recorder::accepting() const noexcept {
    return policy_.when_full == storage::full_spool_policy::gap || !spool_.full();
}

void call_recorder::record(model::call_record_ptr record, reply_port_ptr port,
                           encoded_message answer) {
    record->id = sequence_.next(record->times.finished);
    last_ = record->id;
    outcomes_.push_back(outcome_of(*record));
    if (shipper_) {
        wake_shipper();
    }
    if (policy_.keeps_rows && !keep(*record)) {
        ++unrecorded_;
    }
    if (port) {
        waiting_.push_back({std::move(port), std::move(answer)});
    }
    if (!flush_posted_) {
        flush_posted_ = true;
        unit_.at_turn_end([this] {
            flush_posted_ = false;
            flush();
        });
    }
}

bool call_recorder::keep(const model::call_record& record) {
    const bool room = policy_.when_full == storage::full_spool_policy::refuse || !spool_.full();
    const bool kept = room && spool_.append(record);
    if (!kept && !gap_told_) {
        log::error("call-log", "the spool takes no more records: calls go on without a row");
    }
    gap_told_ = !kept;
    return kept;
}

void call_recorder::flush() {
    if (const auto written = spool_.flush(); !written) {
        if (!spool_failed_) {
            log::error("call-log", "the spool cannot be written, new calls are refused: {}",
                       written.error().detail);
        }
        spool_failed_ = true;
    } else {
        spool_failed_ = false;
    }
    if (spool_failed_ && policy_.when_full == storage::full_spool_policy::refuse) {
        return; // The next flush tries again: that of the next record, or the shipper's.
    }
    // Swapped out first: an answer may end a session, whose calls are then recorded here.
    std::vector<waiting_answer> answers;
    answers.swap(waiting_);
    for (auto& [port, answer] : answers) {
        port->answer(std::move(answer));
    }
    // Waking the listeners costs as much as a call, so they hear of many at once.
    if (outcomes_.size() >= outcomes_max) {
        announce();
    }
}

void call_recorder::announce() {
    if (outcomes_.empty()) {
        return;
    }
    const calls_finished message{
        std::make_shared<const std::vector<call_outcome_entry>>(std::move(outcomes_))};
    outcomes_.clear();
    if (listeners_.metrics) {
        caf::anon_send(listeners_.metrics, message);
    }
    if (listeners_.session_writer) {
        caf::anon_send(listeners_.session_writer, message);
    }
}

void call_recorder::report_flushed(const caf::actor& shipper, const uuid& cutoff) {
    flush();
    announce();
    caf::anon_send(shipper, spool_flushed{unit_.index(), cutoff, spool_.flushed()});
    shipper_ = shipper.address();
    // What came after the cutoff is not for this report, and was before its asker listened.
    if (unfinished() || last_ > cutoff) {
        wake_shipper();
    }
}

bool call_recorder::unfinished() const noexcept { return spool_.dirty() || !waiting_.empty(); }

void call_recorder::wake_shipper() {
    if (const auto shipper = caf::actor_cast<caf::actor>(std::exchange(shipper_, nullptr))) {
        caf::anon_send(shipper, records_wait{});
    }
}

void call_recorder::detach() {
    listeners_ = {};
    shipper_ = nullptr;
}

} // namespace orch::actors
