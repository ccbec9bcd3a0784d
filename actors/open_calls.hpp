#pragma once

#include "actors/messages.hpp"
#include "core/clock.hpp"

#include <caf/actor.hpp>

#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

namespace orch::actors {

/// A call that its server has not answered yet.
struct open_call {
    caf::actor session;
    call_marks marks;
    monotonic_time deadline;
    /// Its bytes went to the server: it must never be sent again.
    bool sent = false;
};

/// The open calls of one server, by number, with their deadlines. Pure; used by one server actor.
class open_calls {
public:
    void add(std::uint64_t number, open_call call);
    /// Null when the call is not open.
    [[nodiscard]] open_call* find(std::uint64_t number);
    /// Removes and returns it.
    [[nodiscard]] std::optional<open_call> take(std::uint64_t number);
    /// Removes and returns every call whose deadline has passed.
    [[nodiscard]] std::vector<std::pair<std::uint64_t, open_call>> take_expired(monotonic_time now);
    /// Removes and returns every call whose bytes were sent.
    [[nodiscard]] std::vector<std::pair<std::uint64_t, open_call>> take_sent();
    /// The only call whose bytes were sent, if there is exactly one.
    [[nodiscard]] std::optional<std::uint64_t> only_sent() const;
    [[nodiscard]] std::size_t size() const noexcept { return calls_.size(); }
    [[nodiscard]] bool empty() const noexcept { return calls_.empty(); }
    /// Deadlines kept, those of answered calls included: bounded by the calls that are open.
    [[nodiscard]] std::size_t alarms() const noexcept { return alarms_.size(); }

private:
    void drop_stale_alarms();

    struct alarm {
        monotonic_time at;
        std::uint64_t number;
    };

    std::unordered_map<std::uint64_t, open_call> calls_;
    /// In order of time as long as the server's time-out stays the same; a changed time-out only
    /// makes some alarms ring later than they should.
    std::deque<alarm> alarms_;
};

} // namespace orch::actors
