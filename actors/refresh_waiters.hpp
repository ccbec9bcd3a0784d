#pragma once

#include "actors/server_messages.hpp"
#include "core/clock.hpp"

#include <caf/response_promise.hpp>

#include <cstdint>
#include <vector>

namespace orch::actors {

/// Those who wait for a `status_report`, each for the end of one listing of the tools at the
/// latest, and no longer than until a deadline.
class refresh_waiters {
public:
    /// `listing` 0 is for those who wait for a start.
    void add(caf::response_promise asker, std::uint64_t listing, monotonic_time deadline);
    /// Answers those for whom this listing is new enough.
    void listed(std::uint64_t listing, const status_report& report);
    void answer_all(const status_report& report);
    /// Whether anybody waits for this listing.
    [[nodiscard]] bool await(std::uint64_t listing) const;
    [[nodiscard]] bool any_late(monotonic_time now) const;
    void answer_late(monotonic_time now, const status_report& report);
    [[nodiscard]] bool empty() const noexcept { return waiters_.empty(); }

private:
    struct waiter {
        caf::response_promise asker;
        std::uint64_t listing = 0;
        monotonic_time deadline;
    };

    template <class Predicate>
    void answer_if(const Predicate& chosen, const status_report& report);

    std::vector<waiter> waiters_;
};

} // namespace orch::actors
