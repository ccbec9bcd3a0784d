#pragma once

#include "actors/server_link.hpp"
#include "core/clock.hpp"

#include <chrono>

namespace orch::actors {

/// How a child is made to end: it is asked to, then told to, then killed. Pure but for the child;
/// used by one actor.
class stop_ladder {
public:
    /// `grace` is from the first step to the second; later ones take twice as long.
    explicit stop_ladder(std::chrono::milliseconds grace) : grace_(grace) {}

    /// The first step. Returns when the next one is due.
    [[nodiscard]] monotonic_time begin(server_link& child, monotonic_time now) {
        terminated_ = false;
        child.close();
        return now + grace_;
    }
    /// The next step, for a child that took no notice. Returns when another one is due.
    [[nodiscard]] monotonic_time climb(server_link& child, monotonic_time now) {
        terminated_ ? child.kill() : child.terminate();
        terminated_ = true;
        return now + 2 * grace_;
    }

private:
    const std::chrono::milliseconds grace_;
    bool terminated_ = false;
};

} // namespace orch::actors
