#include "bench/load/recovery_book.hpp"

#include <algorithm>
#include <utility>

namespace orch::bench {

void recovery_book::called(std::size_t session) { sessions_.at(session).is_calling = true; }

void recovery_book::killed(time_point now) {
    killed_ = now;
    for (auto& each : sessions_) {
        each.was_in_flight = each.is_calling;
        in_flight_ += each.is_calling ? 1 : 0;
    }
}

void recovery_book::answered(std::size_t session, verdict judged, time_point now) {
    auto& of = sessions_.at(session);
    of.is_calling = false;
    const bool was_in_flight = std::exchange(of.was_in_flight, false);
    if (was_in_flight && judged == verdict::failed) {
        ++failed_in_flight_;
        last_failure_ = now;
    } else if (killed_ && !was_in_flight && judged == verdict::right && !of.recovered) {
        of.recovered = now;
    }
}

void recovery_book::lost(std::size_t session) {
    auto& of = sessions_.at(session);
    of.is_lost = true;
    of.is_calling = false;
    of.was_in_flight = false;
}

std::optional<std::chrono::nanoseconds> recovery_book::last_failure() const {
    return last_failure_ ? std::optional<std::chrono::nanoseconds>(*last_failure_ - *killed_)
                         : std::nullopt;
}

std::vector<std::chrono::nanoseconds> recovery_book::recoveries() const {
    std::vector<std::chrono::nanoseconds> times;
    for (const auto& each : sessions_) {
        if (each.recovered) {
            times.push_back(*each.recovered - *killed_);
        }
    }
    std::sort(times.begin(), times.end());
    return times;
}

bool recovery_book::is_complete() const noexcept {
    return std::all_of(sessions_.begin(), sessions_.end(),
                       [](const session_state& each) { return each.is_lost || each.recovered; });
}

} // namespace orch::bench
