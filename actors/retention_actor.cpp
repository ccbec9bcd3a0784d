#include "actors/retention_actor.hpp"

#include "actors/bridge/pinned_actor.hpp"
#include "core/log.hpp"
#include "storage/retention.hpp"
#include "storage/spool.hpp"

#include <caf/send.hpp>

#include <algorithm>
#include <utility>

namespace orch::actors {

namespace {

/// Of one statement: far below the time limit of statements, and little to wait for.
constexpr std::size_t rows_per_step = 5'000;
constexpr int busy_max = 10;

} // namespace

retention_actor::retention_actor(caf::actor_config& config, retention_setup setup)
    : event_based_actor(config), setup_(std::move(setup)), session_(setup_.database) {
    bridge::install_default_handlers(*this, "retention");
}

caf::behavior retention_actor::make_behavior() {
    begin();
    return caf::behavior{
        [this](forget_old) { return on_forget(); },
        [this](forget_next) { on_next(); },
    };
}

void retention_actor::on_exit() {
    waiters_.clear();
    next_waiters_.clear();
}

caf::response_promise retention_actor::on_forget() {
    auto promise = make_response_promise();
    next_waiters_.push_back(promise);
    if (!round_) {
        begin();
    }
    return promise;
}

void retention_actor::begin() {
    waiters_ = std::exchange(next_waiters_, {});
    round_ = round{setup_.clock.wall()};
    send(this, forget_next{});
}

void retention_actor::on_next() {
    if (!round_) {
        return;
    }
    if (awaits_remains()) {
        delayed_send(this, setup_.busy_pause, forget_next{});
        return;
    }
    bool more = false;
    const auto ran = session_.run([&](pqxx::connection& connection) { more = step(connection); });
    if (!ran) {
        on_failure(ran.error());
    } else if (more) {
        // By a message, so that the end can come between two steps.
        send(this, forget_next{});
    } else {
        end();
    }
}

bool retention_actor::awaits_remains() {
    auto& now = *round_;
    if (now.days || remains_over_) {
        return false;
    }
    remains_over_ = storage::find_remains(setup_.spool, setup_.instance).files.empty();
    if (remains_over_ || ++now.busy < busy_max) {
        return !remains_over_;
    }
    // A file that nobody can read stays for ever: it must not keep the days for ever, too.
    remains_over_ = true;
    now.days.emplace();
    complain("what an earlier run left in the spool is not stored yet");
    return false;
}

bool retention_actor::step(pqxx::connection& connection) {
    auto& now = *round_;
    if (!now.days) {
        now.days = storage::expired_call_days(connection, now.now);
        now.busy = 0;
        std::reverse(now.days->begin(), now.days->end());
        return true;
    }
    if (!now.days->empty()) {
        storage::drop_call_day(connection, now.days->back());
        now.days->pop_back();
        now.busy = 0;
        ++now.done.days;
        return true;
    }
    if (now.table == storage::aged_tables.size()) {
        return false;
    }
    const auto count = storage::forget_rows(connection, storage::aged_tables[now.table], now.now,
                                            rows_per_step);
    now.done.rows += count;
    now.table += count < rows_per_step ? 1 : 0;
    return true;
}

void retention_actor::on_failure(const error& why) {
    const bool is_day = round_->days && !round_->days->empty();
    if (why.code != errc::busy || !is_day) {
        complain(why.detail);
        end();
        return;
    }
    if (++round_->busy >= busy_max) {
        complain(round_->days->back() + " is read all the time");
        round_->days->pop_back();
        round_->busy = 0;
    }
    delayed_send(this, setup_.busy_pause, forget_next{});
}

void retention_actor::complain(const std::string& why) {
    round_->done.complete = false;
    if (!std::exchange(failing_, true)) {
        log::warning("retention", "old records wait for another try: {}", why);
    }
}

void retention_actor::end() {
    const auto told = std::exchange(round_, std::nullopt)->done;
    if (told.days + told.rows > 0) {
        log::info("retention", "forgotten days of calls: {}, other rows: {}", told.days, told.rows);
    }
    if (told.complete && std::exchange(failing_, false)) {
        log::info("retention", "old records are forgotten again");
    }
    for (auto& waiter : std::exchange(waiters_, {})) {
        waiter.deliver(told);
    }
    if (!next_waiters_.empty()) {
        begin();
    }
}

} // namespace orch::actors
