#include "bench/load/call_schedule.hpp"

#include <cmath>

namespace orch::bench {

call_schedule::call_schedule(time_point start, double per_second, std::chrono::nanoseconds length)
    : start_(start), per_second_(per_second),
      total_(static_cast<std::uint64_t>(
          std::ceil(std::chrono::duration<double>(length).count() * per_second))) {}

std::optional<call_schedule::time_point> call_schedule::next() const {
    if (taken_ == total_) {
        return {};
    }
    // From the start each time, so that what is rounded does not add up.
    const std::chrono::duration<double> since_start(static_cast<double>(taken_) / per_second_);
    return start_ + std::chrono::duration_cast<time_point::duration>(since_start);
}

std::optional<call_schedule::time_point> call_schedule::take(time_point now) {
    const auto due = next();
    if (!due || *due > now) {
        return {};
    }
    ++taken_;
    return due;
}

} // namespace orch::bench
