#include "actors/place_queue.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

namespace orch::actors {

template <class Predicate>
std::vector<forward_request> place_queue::take_if(Predicate matches) {
    std::vector<forward_request> taken;
    std::deque<waiting> left;
    for (auto& one : waiting_) {
        if (matches(one)) {
            bytes_ -= one.request.body.size();
            taken.push_back(std::move(one.request));
        } else {
            left.push_back(std::move(one));
        }
    }
    waiting_ = std::move(left);
    return taken;
}

std::vector<forward_request> place_queue::add(std::string key, forward_request request,
                                              monotonic_time deadline) {
    bytes_ += request.body.size();
    waiting_.push_back({std::move(key), std::move(request), deadline});
    std::vector<forward_request> refused;
    while (crowded()) {
        const auto loser = most_greedy();
        bytes_ -= loser->request.body.size();
        refused.push_back(std::move(loser->request));
        waiting_.erase(loser);
    }
    return refused;
}

bool place_queue::crowded() const noexcept {
    return waiting_.size() > limits_.requests_max ||
           (bytes_ > limits_.bytes_max && waiting_.size() > 1);
}

std::deque<place_queue::waiting>::iterator place_queue::most_greedy() {
    const bool by_count = waiting_.size() > limits_.requests_max;
    std::unordered_map<std::string, std::size_t> share;
    for (const auto& one : waiting_) {
        share[one.request.client->principal] += by_count ? 1 : one.request.body.size();
    }
    // From the newest on, so that of two with equal shares the one that came last loses.
    auto loser = std::prev(waiting_.end());
    std::size_t most = 0;
    for (auto at = waiting_.end(); at != waiting_.begin();) {
        --at;
        const auto has = share[at->request.client->principal];
        if (has > most) {
            most = has;
            loser = at;
        }
    }
    return loser;
}

std::optional<std::string> place_queue::next(const holdings& held) const {
    std::optional<std::string> chosen;
    std::size_t fewest = 0;
    for (const auto& one : waiting_) {
        const auto has = held(one.request.client->principal);
        if (!chosen || has < fewest) {
            chosen = one.key;
            fewest = has;
        }
    }
    return chosen;
}

std::vector<forward_request> place_queue::take(const std::string& key) {
    return take_if([&](const waiting& one) { return one.key == key; });
}

std::vector<forward_request> place_queue::take_expired(monotonic_time now) {
    return take_if([&](const waiting& one) { return one.deadline <= now; });
}

std::vector<forward_request> place_queue::take_all() {
    return take_if([](const waiting&) { return true; });
}

void place_queue::withdraw(std::uint64_t number) {
    take_if([&](const waiting& one) { return one.request.number == number; });
}

void place_queue::leave(const session_id& session) {
    take_if([&](const waiting& one) { return one.request.client->session == session; });
}

} // namespace orch::actors
