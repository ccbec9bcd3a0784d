#include "actors/restart_policy.hpp"

#include <algorithm>
#include <random>

namespace orch::actors {

restart_policy::decision restart_policy::crashed(monotonic_time now, double jitter) {
    while (!crashes_.empty() && now - crashes_.front() > limits_.window) {
        crashes_.pop_front();
    }
    crashes_.push_back(now);
    if (crashes_.size() > limits_.crashes_max) {
        return {verdict::give_up, crashes_.front() + limits_.window, crashes_.size()};
    }
    if (crashes_.size() == 1) {
        return {verdict::restart_at, now, 1};
    }
    auto pause = limits_.first_pause;
    for (std::size_t i = 2; i < crashes_.size() && pause < limits_.pause_max; ++i) {
        pause *= 2;
    }
    pause = std::min(pause, limits_.pause_max);
    const auto spread = std::chrono::duration_cast<std::chrono::milliseconds>(pause * jitter / 2);
    return {verdict::restart_at, now + pause + spread, crashes_.size()};
}

double random_jitter() {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0.0, 1.0)(generator);
}

} // namespace orch::actors
