#include "actors/event_history.hpp"

#include <utility>

namespace orch::actors {

bool event_budget::take(std::size_t bytes) noexcept {
    if (used_.fetch_add(bytes) + bytes <= bytes_max_) {
        return true;
    }
    used_.fetch_sub(bytes);
    return false;
}

event_history::event_history(const event_limits& limits, std::shared_ptr<event_budget> budget)
    : limits_(limits), budget_(std::move(budget)) {}

event_history::~event_history() { budget_->give_back(bytes_); }

void event_history::keep(event_place place, net::frame event, monotonic_time now) {
    const auto size = event->size();
    while (!events_.empty() &&
           (events_.size() >= limits_.events_max || bytes_ + size > limits_.bytes_max)) {
        drop_oldest();
    }
    while (!budget_->take(size)) {
        if (events_.empty()) {
            return;
        }
        drop_oldest();
    }
    bytes_ += size;
    events_.push_back({place, std::move(event), now});
}

void event_history::drop_oldest() {
    const auto size = events_.front().event->size();
    events_.pop_front();
    bytes_ -= size;
    budget_->give_back(size);
}

std::vector<net::frame> event_history::after(event_place last) const {
    std::vector<net::frame> found;
    for (const auto& kept : events_) {
        if (kept.place.stream == last.stream && kept.place.number > last.number) {
            found.push_back(kept.event);
        }
    }
    return found;
}

void event_history::forget(monotonic_time limit,
                           const std::function<bool(event_place)>& dispensable) {
    std::erase_if(events_, [&](const kept_event& kept) {
        if (kept.at >= limit || !dispensable(kept.place)) {
            return false;
        }
        const auto size = kept.event->size();
        bytes_ -= size;
        budget_->give_back(size);
        return true;
    });
}

} // namespace orch::actors
