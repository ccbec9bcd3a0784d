#include "actors/refresh_waiters.hpp"

#include <algorithm>
#include <utility>

namespace orch::actors {

void refresh_waiters::add(caf::response_promise asker, std::uint64_t listing,
                          monotonic_time deadline) {
    waiters_.push_back({std::move(asker), listing, deadline});
}

template <class Predicate>
void refresh_waiters::answer_if(const Predicate& chosen, const status_report& report) {
    const auto first = std::stable_partition(waiters_.begin(), waiters_.end(),
                                             [&](const waiter& one) { return !chosen(one); });
    std::for_each(first, waiters_.end(), [&](waiter& one) { one.asker.deliver(report); });
    waiters_.erase(first, waiters_.end());
}

void refresh_waiters::listed(std::uint64_t listing, const status_report& report) {
    answer_if([&](const waiter& one) { return one.listing <= listing; }, report);
}

void refresh_waiters::answer_all(const status_report& report) {
    answer_if([](const waiter&) { return true; }, report);
}

bool refresh_waiters::await(std::uint64_t listing) const {
    return std::any_of(waiters_.begin(), waiters_.end(),
                       [&](const waiter& one) { return one.listing <= listing; });
}

bool refresh_waiters::any_late(monotonic_time now) const {
    return std::any_of(waiters_.begin(), waiters_.end(),
                       [&](const waiter& one) { return now >= one.deadline; });
}

void refresh_waiters::answer_late(monotonic_time now, const status_report& report) {
    answer_if([&](const waiter& one) { return now >= one.deadline; }, report);
}

} // namespace orch::actors
