#include "actors/open_calls.hpp"

namespace orch::actors {

namespace {

/// Alarms of answered calls that are worth a sweep.
constexpr std::size_t stale_alarms_max = 1'024;

} // namespace

void open_calls::add(std::uint64_t number, open_call call) {
    alarms_.push_back({call.deadline, number});
    calls_.insert_or_assign(number, std::move(call));
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
        return !calls_.contains(entry.number);
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
        const auto number = alarms_.front().number;
        alarms_.pop_front();
        const auto found = calls_.find(number);
        if (found != calls_.end()) {
            expired.emplace_back(number, std::move(found->second));
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
