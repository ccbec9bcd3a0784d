#pragma once

#include "core/byte_sizes.hpp"
#include "core/clock.hpp"
#include "net/event_stream.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace orch::actors {

/// The bytes that all histories together may keep. Shared by the sessions of all units.
class event_budget {
public:
    explicit event_budget(std::size_t bytes_max = 256 * mib) : bytes_max_(bytes_max) {}

    /// False when that much is not left.
    [[nodiscard]] bool take(std::size_t bytes) noexcept;
    void give_back(std::size_t bytes) noexcept { used_.fetch_sub(bytes); }
    [[nodiscard]] std::size_t used() const noexcept { return used_.load(); }

private:
    const std::size_t bytes_max_;
    std::atomic<std::size_t> used_{0};
};

/// What one session keeps for clients that come back.
struct event_limits {
    std::size_t events_max = 256;
    std::size_t bytes_max = mib;
};

/// Which event of which stream of a session; 0 is the stream outside of requests, and the events of
/// each count from 1.
struct event_place {
    std::uint64_t stream = 0;
    std::uint64_t number = 0;

    auto operator<=>(const event_place&) const = default;
};

/// The latest events of one session's streams, to be sent again to a client whose connection broke
/// (Streamable HTTP, resumability). Beyond its limits, or those of all sessions together, the
/// oldest events of this session go first; the newest one may be larger than `bytes_max`. Pure;
/// used by one thread.
class event_history {
public:
    event_history(const event_limits& limits, std::shared_ptr<event_budget> budget);
    ~event_history();
    event_history(const event_history&) = delete;
    event_history& operator=(const event_history&) = delete;

    void keep(event_place place, net::frame event, monotonic_time now);
    /// The kept events of the stream behind `last`, oldest first.
    [[nodiscard]] std::vector<net::frame> after(event_place last) const;
    /// Forgets the events that are older than `limit` and that `dispensable` lets go.
    void forget(monotonic_time limit, const std::function<bool(event_place)>& dispensable);

    [[nodiscard]] std::size_t size() const noexcept { return events_.size(); }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
    struct kept_event {
        event_place place;
        net::frame event;
        monotonic_time at;
    };

    void drop_oldest();

    const event_limits limits_;
    const std::shared_ptr<event_budget> budget_;
    std::deque<kept_event> events_;
    std::size_t bytes_ = 0;
};

} // namespace orch::actors
