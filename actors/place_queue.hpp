#pragma once

#include "actors/session_messages.hpp"
#include "core/clock.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace orch::actors {

/// Requests of clients that wait for a process, since their server has as many as it may. Bounded:
/// what is too much is taken from whoever has most, so that nobody can keep others from waiting. A
/// place goes to whoever has fewest processes, and among those to who came first. Pure; used by one
/// server actor.
class place_queue {
public:
    struct limits {
        std::size_t requests_max;
        /// Of their messages; one request may wait whatever its size.
        std::size_t bytes_max;
    };
    /// How many processes a principal has.
    using holdings = std::function<std::size_t(const std::string& principal)>;

    explicit place_queue(limits given) : limits_(given) {}

    /// `key` is that of the process, `request.client` is set. Returns the requests that had to make
    /// room; this one may be among them.
    [[nodiscard]] std::vector<forward_request> add(std::string key, forward_request request,
                                                   monotonic_time deadline);
    /// The key whose turn it is; absent when nobody waits.
    [[nodiscard]] std::optional<std::string> next(const holdings& held) const;

    // Removes and returns, in the order in which they came:
    [[nodiscard]] std::vector<forward_request> take(const std::string& key);
    [[nodiscard]] std::vector<forward_request> take_expired(monotonic_time now);
    [[nodiscard]] std::vector<forward_request> take_all();

    void withdraw(std::uint64_t number);
    /// The session is over.
    void leave(const session_id& session);

    [[nodiscard]] bool empty() const noexcept { return waiting_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return waiting_.size(); }

private:
    struct waiting {
        std::string key;
        forward_request request;
        monotonic_time deadline;
    };

    template <class Predicate>
    std::vector<forward_request> take_if(Predicate matches);
    [[nodiscard]] bool crowded() const noexcept;
    /// Which one goes: the latest of the principal that has most of what there is too much of.
    [[nodiscard]] std::deque<waiting>::iterator most_greedy();

    const limits limits_;
    std::deque<waiting> waiting_;
    std::size_t bytes_ = 0;
};

} // namespace orch::actors
