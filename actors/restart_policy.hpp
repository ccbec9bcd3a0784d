#pragma once

#include "core/clock.hpp"

#include <chrono>
#include <cstddef>
#include <deque>

namespace orch::actors {

/// When a server that crashed may start again: at once after the first crash, with
/// growing pauses from the second, not at all after more than `crashes_max` within `window`.
/// Pure; used by one actor.
class restart_policy {
public:
    struct limits {
        std::size_t crashes_max = 5;
        std::chrono::milliseconds window{60'000};
        std::chrono::milliseconds first_pause{200};
        std::chrono::milliseconds pause_max{30'000};
    };

    explicit restart_policy(limits given) : limits_(given) {}
    restart_policy() : restart_policy(limits{}) {}

    enum class verdict { restart_at, give_up };
    struct decision {
        verdict kind = verdict::restart_at;
        /// When to restart, or when a call may try again after giving up.
        monotonic_time at;
        /// Within the window, this one included.
        std::size_t crashes = 0;
    };

    /// `jitter` in [0, 1) spreads the pauses of many servers.
    [[nodiscard]] decision crashed(monotonic_time now, double jitter);
    /// Forget earlier crashes: somebody asked for a fresh start.
    void reset() noexcept { crashes_.clear(); }
    [[nodiscard]] const limits& bounds() const noexcept { return limits_; }

private:
    limits limits_;
    std::deque<monotonic_time> crashes_;
};

/// A random number in [0, 1), for `restart_policy::crashed`. Callable from any thread.
[[nodiscard]] double random_jitter();

} // namespace orch::actors
