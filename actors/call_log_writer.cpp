#include "actors/call_log_writer.hpp"

#include "actors/bridge/pinned_actor.hpp"
#include "actors/call_search.hpp"
#include "core/log.hpp"

#include <caf/send.hpp>

#include <algorithm>
#include <utility>

#include <sys/resource.h>

namespace orch::actors {

namespace {

/// Rows of one transaction, at most, per unit.
constexpr std::size_t lane_records_max = 1'024;
constexpr int niceness = 5;
constexpr std::chrono::milliseconds first_pause{200};
constexpr std::chrono::milliseconds pause_max{5'000};

} // namespace

call_log_writer::call_log_writer(caf::actor_config& config, call_log_writer_setup setup)
    : event_based_actor(config), setup_(std::move(setup)), session_(setup_.database),
      lanes_(setup_.lanes) {
    bridge::install_default_handlers(*this, "call log writer");
}

caf::behavior call_log_writer::make_behavior() {
    // Of this thread alone, in Linux. Records wait in the spool where calls want the processor.
    ::setpriority(PRIO_PROCESS, 0, niceness);
    rewind();
    schedule(std::chrono::milliseconds{0});
    return caf::behavior{
        [this](ship_log) { on_ship(); },
        [this](records_wait) { on_records_wait(); },
        [this](const spool_flushed& flushed) { on_flushed(flushed); },
        [this](flush_log) { return on_flush(); },
    };
}

void call_log_writer::on_exit() {
    setup_.state->storing_since = call_log_state::never;
    flush_waiters_.clear();
    next_flush_waiters_.clear();
}

void call_log_writer::rewind() {
    for (auto& lane : lanes_) {
        lane.reader.rewind();
        lane.records.clear();
    }
}

void call_log_writer::on_ship() {
    timer_armed_ = false;
    if (!cycle_open_) {
        begin_cycle();
    }
}

void call_log_writer::on_records_wait() {
    records_wait_ = true;
    if (!cycle_open_) {
        schedule(setup_.interval);
    }
}

caf::response_promise call_log_writer::on_flush() {
    auto promise = make_response_promise();
    next_flush_waiters_.push_back(promise);
    if (!cycle_open_) {
        begin_cycle();
    }
    return promise;
}

void call_log_writer::begin_cycle() {
    cycle_open_ = true;
    records_wait_ = false;
    flush_waiters_.insert(flush_waiters_.end(), next_flush_waiters_.begin(),
                          next_flush_waiters_.end());
    next_flush_waiters_.clear();
    // Every id minted before this one is in some unit's buffer by the time the unit flushes.
    cutoff_ = setup_.sequence.next();
    missing_ = lanes_.size();
    auto& units = bridge::coordinator::of(system());
    const caf::actor self = caf::actor_cast<caf::actor>(this);
    for (std::size_t unit = 0; unit < lanes_.size(); ++unit) {
        boost::asio::post(units.unit(unit).context(),
                          [self, cutoff = cutoff_, &recorder = *setup_.recorders[unit]] {
                              recorder.report_flushed(self, cutoff);
                          });
    }
}

void call_log_writer::on_flushed(const spool_flushed& flushed) {
    if (flushed.cutoff != cutoff_ || missing_ == 0) {
        return;
    }
    lanes_[flushed.unit].end = flushed.position;
    if (--missing_ == 0) {
        end_cycle(store_remains() && store_cycle());
    }
}

bool call_log_writer::store_remains() {
    if (remains_stored_) {
        return true;
    }
    for (const auto& file : storage::find_remains(setup_.spool, setup_.instance).files) {
        std::uint64_t damaged = 0;
        auto records = storage::read_remains(file, damaged);
        setup_.state->damaged += damaged;
        if (!records) {
            log::error("call-log", "{} is left aside: {}", file, records.error().detail);
            continue;
        }
        const auto count = records->size();
        if (count > 0 && !store(*records)) {
            return false;
        }
        log::info("call-log", "{} records of an earlier run were stored", count);
        if (const auto removed = storage::remove_remains(file); !removed) {
            log::warning("call-log", "{}", removed.error().detail);
        }
    }
    remains_stored_ = true;
    // Each file is in the order of its ids, but all of them together are not.
    setup_.door.open<model::call_record>();
    return true;
}

bool call_log_writer::store_cycle() {
    for (;;) {
        auto batch = next_batch();
        if (!batch) {
            log::error("call-log", "the spool cannot be read: {}", batch.error().detail);
            return false;
        }
        if (batch->empty()) {
            return true;
        }
        if (!store(*batch)) {
            rewind();
            return false;
        }
        for (auto& lane : lanes_) {
            if (lane.records.empty()) {
                lane.reader.release();
            }
        }
    }
}

result<std::vector<model::call_record>> call_log_writer::next_batch() {
    // A lane that was read to its maximum may hold more: nothing above its last id can go yet.
    std::optional<uuid> bound;
    for (auto& lane : lanes_) {
        const std::size_t room = lane_records_max - std::min(lane_records_max, lane.records.size());
        const auto read = lane.reader.read(lane.end, cutoff_, room, lane.records);
        if (!read) {
            return read.error();
        }
        if (lane.records.size() >= lane_records_max) {
            bound = bound ? std::min(*bound, lane.records.back().id) : lane.records.back().id;
        }
    }
    if (lanes_.size() == 1) {
        return std::exchange(lanes_.front().records, {});
    }
    std::vector<model::call_record> batch;
    std::size_t count = 0;
    for (const auto& lane : lanes_) {
        count += lane.records.size();
    }
    batch.reserve(count);
    for (auto& lane : lanes_) {
        const auto end = std::find_if(
            lane.records.begin(), lane.records.end(),
            [&](const auto& record) { return bound && record.id > *bound; });
        std::move(lane.records.begin(), end, std::back_inserter(batch));
        lane.records.erase(lane.records.begin(), end);
    }
    const auto earlier = [](const auto& left, const auto& right) {
        return left.id < right.id;
    };
    // With few calls most batches come from one unit, and then they are in order.
    if (!std::is_sorted(batch.begin(), batch.end(), earlier)) {
        std::sort(batch.begin(), batch.end(), earlier);
    }
    return batch;
}

bool call_log_writer::store(std::vector<model::call_record>& batch) {
    std::for_each(batch.begin(), batch.end(), add_search_text);
    storage::insert_report report;
    setup_.state->storing_since = setup_.clock.monotonic();
    const auto ran = session_.run(
        [&](pqxx::connection& connection) { report = storage::insert_calls(connection, batch); });
    setup_.state->storing_since = call_log_state::never;
    if (!ran) {
        if (!setup_.state->database_away.exchange(true)) {
            log::warning("call-log", "the database takes no records, they wait in the spool: {}",
                         ran.error().detail);
        }
        return false;
    }
    if (setup_.state->database_away.exchange(false)) {
        log::info("call-log", "the database takes records again");
    }
    setup_.state->stored += report.inserted;
    setup_.state->refused += report.refused.size();
    for (const auto& refusal : report.refused) {
        log::error("call-log", "the database refuses record {}: {}", refusal.id.to_string(),
                   refusal.reason);
    }
    show(batch, report);
    return true;
}

void call_log_writer::show(std::vector<model::call_record>& batch,
                           const storage::insert_report& report) {
    if (!setup_.door.is_watched()) {
        return;
    }
    std::erase_if(batch, [&](const model::call_record& record) {
        return std::any_of(report.refused.begin(), report.refused.end(),
                           [&](const auto& refusal) { return refusal.id == record.id; });
    });
    std::size_t bytes = 0;
    for (const auto& record : batch) {
        bytes += sizeof record + record.arguments.bytes.size() + record.result.bytes.size() +
                 record.search_text.size();
    }
    setup_.door.hand_over(std::move(batch), bytes);
}

void call_log_writer::end_cycle(bool stored) {
    cycle_open_ = false;
    for (auto& promise : flush_waiters_) {
        promise.deliver(flushed{});
    }
    flush_waiters_.clear();
    pause_ = stored ? std::chrono::milliseconds{0} : std::clamp(pause_ * 2, first_pause, pause_max);
    if (!next_flush_waiters_.empty()) {
        begin_cycle();
        return;
    }
    if (!stored) {
        schedule(pause_);
    } else if (records_wait_) {
        schedule(setup_.interval);
    }
}

void call_log_writer::schedule(std::chrono::milliseconds delay) {
    if (!timer_armed_) {
        timer_armed_ = true;
        delayed_send(this, delay, ship_log{});
    }
}

} // namespace orch::actors
