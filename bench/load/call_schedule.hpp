#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace orch::bench {

/// When the calls of an open loop are due: at a fixed rate, whatever became of those before.
/// Whoever measures from there measures also how long a call waited for its turn (no coordinated
/// omission). Pure.
class call_schedule {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// The first call is due at the start. `per_second` is greater than 0.
    call_schedule(time_point start, double per_second, std::chrono::nanoseconds length);

    /// When the next call is due; nothing when all were taken.
    [[nodiscard]] std::optional<time_point> next() const;
    /// Takes the next call, if it is due, and tells when it was.
    std::optional<time_point> take(time_point now);
    /// How many nobody took, due or not.
    [[nodiscard]] std::uint64_t left() const noexcept { return total_ - taken_; }
    [[nodiscard]] std::uint64_t total() const noexcept { return total_; }

private:
    time_point start_;
    double per_second_;
    std::uint64_t total_;
    std::uint64_t taken_ = 0;
};

} // namespace orch::bench
