#include "actors/open_requests.hpp"

#include <algorithm>
#include <vector>

// Watches of resources that the server has not accepted yet: whoever wants the same meanwhile
// shares the answer to the first.

namespace orch::actors {

bool open_requests::join_watch(const forward_request& request) {
    bool joined = false;
    calls_.each_watch([&](std::uint64_t, open_call& call) {
        if (call.watch->uri == request.item) {
            call.watch->waiters.push_back({request.session, request.number, true});
            joined = true;
        }
        return !joined;
    });
    return joined;
}

std::shared_ptr<const watch_call> open_requests::watch_of(std::uint64_t number) {
    const auto* call = calls_.find(number);
    return call == nullptr ? nullptr : call->watch;
}

void open_requests::unwant(const caf::actor_addr& session, const std::optional<std::string>& uri) {
    calls_.each_watch([&](std::uint64_t, open_call& call) {
        for (auto& waiter : call.watch->waiters) {
            if (waiter.session.address() == session && (!uri || call.watch->uri == *uri)) {
                waiter.wants = false;
            }
        }
        return true;
    });
}

std::size_t open_requests::awaited_watches() {
    std::size_t waiters = 0;
    calls_.each_watch([&](std::uint64_t, open_call& call) {
        waiters += call.watch->waiters.size();
        return true;
    });
    return waiters;
}

void open_requests::leave_watch(std::uint64_t number) {
    std::optional<std::uint64_t> left;
    bool unheard = false;
    calls_.each_watch([&](std::uint64_t asked, open_call& call) {
        auto& waiters = call.watch->waiters;
        if (std::erase_if(waiters, [&](const auto& one) { return one.number == number; }) > 0) {
            left = asked;
            unheard = waiters.empty();
        }
        return !left;
    });
    if (unheard) {
        end_unheard(*left);
    }
}

} // namespace orch::actors
