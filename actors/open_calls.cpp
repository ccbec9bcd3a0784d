#include "actors/open_calls.hpp"

#include <algorithm>

namespace orch::actors {

namespace {

/// Alarms of answered calls that are worth a sweep.
constexpr std::size_t stale_alarms_max = 1'024;

} // namespace

void open_calls::add(std::uint64_t number, open_call call) {
    set_alarm(call, call.deadline, number);
    calls_.insert_or_assign(number, std::move(call));
}

void open_calls::set_alarm(open_call& call, monotonic_time at, std::uint64_t number) {
    // Nearly always the last one, since most deadlines are as far away as the one before.
    auto place = alarms_.end();
    while (place != alarms_.begin() && std::prev(place)->at > at) {
        --place;
    }
    alarms_.insert(place, {at, number});
    call.alarm = at;
}

void open_calls::move_deadline(open_call& call, monotonic_time at, std::uint64_t number) {
    call.deadline = at;
    // A later deadline is seen when the alarm rings: progress may come as often as it likes.
    if (at < call.alarm) {
        set_alarm(call, at, number);
    }
}

void open_calls::postpone(monotonic_time now, monotonic_time until) {
    for (auto& [number, call] : calls_) {
        if (call.sent) {
            call.asked_since = call.asked_since.value_or(now);
            move_deadline(call, std::max(call.deadline, std::min(until, call.last)), number);
        }
    }
    drop_stale_alarms();
}

void open_calls::resume(monotonic_time now) {
    for (auto& [number, call] : calls_) {
        if (call.asked_since) {
            call.limit = std::min(call.limit + (now - *call.asked_since), call.last);
            call.asked_since.reset();
            move_deadline(call, std::min(now + call.timeout, call.limit), number);
        }
    }
    drop_stale_alarms();
}

void open_calls::prolong(std::uint64_t number, monotonic_time now) {
    auto* call = find(number);
    if (call != nullptr && call->sent) {
        call->deadline = std::max(call->deadline, std::min(now + call->timeout, call->limit));
    }
}

open_call* open_calls::find(std::uint64_t number) {
    const auto found = calls_.find(number);
    return found == calls_.end() ? nullptr : &found->second;
}

std::optional<open_call> open_calls::take(std::uint64_t number) {
    const auto found = calls_.find(number);
    if (found == calls_.end()) {
        return std::nullopt;
    }
    open_call call = std::move(found->second);
    calls_.erase(found);
    drop_stale_alarms();
    return call;
}

void open_calls::drop_stale_alarms() {
    const auto stale = [this](const alarm& entry) {
        const auto* call = find(entry.number);
        return call == nullptr || call->alarm != entry.at;
    };
    while (!alarms_.empty() && stale(alarms_.front())) {
        alarms_.pop_front();
    }
    // A call that stays open keeps the alarms behind it: sweep once they outweigh the open calls.
    if (alarms_.size() > 2 * calls_.size() + stale_alarms_max) {
        std::erase_if(alarms_, stale);
    }
}

std::vector<std::pair<std::uint64_t, open_call>> open_calls::take_expired(monotonic_time now) {
    std::vector<std::pair<std::uint64_t, open_call>> expired;
    while (!alarms_.empty() && alarms_.front().at <= now) {
        const auto rung = alarms_.front();
        alarms_.pop_front();
        const auto found = calls_.find(rung.number);
        if (found == calls_.end() || found->second.alarm != rung.at) {
            continue;
        }
        if (found->second.deadline > now) {
            set_alarm(found->second, found->second.deadline, rung.number);
        } else {
            expired.emplace_back(rung.number, std::move(found->second));
            calls_.erase(found);
        }
    }
    return expired;
}

std::vector<std::pair<std::uint64_t, open_call>> open_calls::take_sent() {
    std::vector<std::pair<std::uint64_t, open_call>> sent;
    for (auto entry = calls_.begin(); entry != calls_.end();) {
        if (entry->second.sent) {
            sent.emplace_back(entry->first, std::move(entry->second));
            entry = calls_.erase(entry);
        } else {
            ++entry;
        }
    }
    return sent;
}

open_calls::senders open_calls::who_waits() const {
    senders found;
    for (const auto& [number, call] : calls_) {
        if (!call.sent) {
            continue;
        }
        if (found.sessions == 1 && found.session != call.session) {
            return {2, nullptr, 0};
        }
        found = {1, call.session, std::max(found.latest, number)};
    }
    return found;
}

open_calls::senders open_calls::who_waits(std::uint64_t call) {
    const auto* open = find(call);
    return open == nullptr ? senders{} : senders{1, open->session, call};
}

std::optional<std::uint64_t> open_calls::only_sent() const {
    std::optional<std::uint64_t> only;
    for (const auto& [number, call] : calls_) {
        if (call.sent) {
            if (only) {
                return std::nullopt;
            }
            only = number;
        }
    }
    return only;
}

} // namespace orch::actors
