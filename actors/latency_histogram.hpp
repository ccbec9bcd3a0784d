#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace orch::actors {

/// How long calls took, in the fixed buckets of the Prometheus exposition. Pure.
class latency_histogram {
public:
    /// Upper bounds in seconds; the last bucket has none.
    static constexpr std::array<double, 14> bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                   0.25,  0.5,    1.0,   2.5,  5.0,   10.0, 60.0};

    void add(std::chrono::microseconds duration) noexcept;

    /// Calls in bucket `index` alone; `bounds.size()` is the one without bound.
    [[nodiscard]] std::uint64_t in_bucket(std::size_t index) const noexcept {
        return buckets_[index];
    }
    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
    [[nodiscard]] double sum_seconds() const noexcept { return sum_seconds_; }

private:
    std::array<std::uint64_t, bounds.size() + 1> buckets_{};
    std::uint64_t count_ = 0;
    double sum_seconds_ = 0;
};

} // namespace orch::actors
