#include "actors/open_calls.hpp"

namespace orch::actors {

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
    // Alarms of answered calls go when they reach the front, so the deque follows the open calls.
    while (!alarms_.empty() && !calls_.contains(alarms_.front().number)) {
        alarms_.pop_front();
    }
    return call;
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

} // namespace orch::actors
