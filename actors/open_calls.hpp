#pragma once

#include "actors/messages.hpp"
#include "core/clock.hpp"

#include <caf/actor.hpp>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace orch::actors {

/// What the answer to a request says about tasks.
struct task_call {
    task_part part = task_part::none;
    /// The id of the task at the server; empty when it is to be made, or all are listed.
    std::string id;
    std::string owner;
    /// Raw token of the client.
    std::string progress_token;
};

/// The first watch of a resource, which counts once the server has accepted it.
struct watch_call {
    struct waiter {
        caf::actor session;
        std::uint64_t number = 0;
        /// False once its session takes the watch back.
        bool wants = true;
    };

    std::string uri;
    /// Whoever gets the answer; the request of the first one went to the server, if it still waits.
    std::vector<waiter> waiters;
};

/// A call that its server has not answered yet.
struct open_call {
    caf::actor session;
    call_marks marks;
    monotonic_time deadline;
    /// Its bytes went to the server: it must never be sent again.
    bool sent = false;
    /// How far its progress may move the deadline.
    monotonic_time limit{};
    /// It ends then, however long people take to answer what its server asks them.
    monotonic_time last = monotonic_time::max();
    /// Since when its server has waited for a person; absent while it does not.
    std::optional<monotonic_time> asked_since = std::nullopt;
    /// How long it may take without progress.
    std::chrono::milliseconds timeout{};
    /// Null for requests that have nothing to do with tasks.
    std::shared_ptr<const task_call> task = nullptr;
    /// Null for requests that begin no watch.
    std::shared_ptr<watch_call> watch = nullptr;
    /// Its only alarm rings at that time, which is never after the deadline.
    monotonic_time alarm{};
};

/// The open calls of one server, by number, with their deadlines. Pure; used by one server actor.
class open_calls {
public:
    void add(std::uint64_t number, open_call call);
    /// Null when the call is not open.
    [[nodiscard]] open_call* find(std::uint64_t number);
    /// Removes and returns it.
    [[nodiscard]] std::optional<open_call> take(std::uint64_t number);
    /// The server waits for a person: no call whose bytes were sent is over before that, but for
    /// those whose last moment comes.
    void postpone(monotonic_time now, monotonic_time until);
    /// The person has answered. That time does not count against the limits: the time-out of the
    /// calls that were postponed begins anew, up to their limit.
    void resume(monotonic_time now);
    /// The call made progress: its time-out begins anew, up to its limit.
    void prolong(std::uint64_t number, monotonic_time now);
    /// Removes and returns every call whose deadline has passed.
    [[nodiscard]] std::vector<std::pair<std::uint64_t, open_call>> take_expired(monotonic_time now);
    /// Removes and returns every call whose bytes were sent.
    [[nodiscard]] std::vector<std::pair<std::uint64_t, open_call>> take_sent();
    /// The only call whose bytes were sent, if there is exactly one.
    [[nodiscard]] std::optional<std::uint64_t> only_sent() const;
    /// Whose calls were sent: nobody's, one session's with the latest of them, or several ones'.
    struct senders {
        std::size_t sessions = 0; ///< 2 for all above
        caf::actor session;
        std::uint64_t latest = 0;
    };
    [[nodiscard]] senders who_waits() const;
    /// The same for what a remote server says on the stream that answers `call`, if that is open.
    [[nodiscard]] senders who_waits(std::uint64_t call);
    /// Calls `on_watch(number, call)` for each that begins a watch, until that returns false.
    template <class OnWatch>
    void each_watch(const OnWatch& on_watch) {
        for (auto& [number, call] : calls_) {
            if (call.watch && !on_watch(number, call)) {
                return;
            }
        }
    }
    [[nodiscard]] std::size_t size() const noexcept { return calls_.size(); }
    [[nodiscard]] bool empty() const noexcept { return calls_.empty(); }
    /// Alarms kept, those of answered calls included: bounded by the calls that are open.
    [[nodiscard]] std::size_t alarms() const noexcept { return alarms_.size(); }

private:
    void drop_stale_alarms();
    void set_alarm(open_call& call, monotonic_time at, std::uint64_t number);
    void move_deadline(open_call& call, monotonic_time at, std::uint64_t number);

    struct alarm {
        monotonic_time at;
        std::uint64_t number;
    };

    std::unordered_map<std::uint64_t, open_call> calls_;
    /// In order of time.
    std::deque<alarm> alarms_;
};

} // namespace orch::actors
