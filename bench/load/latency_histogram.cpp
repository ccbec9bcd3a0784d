#include "bench/load/latency_histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace orch::bench {

namespace {

/// Values keep this many leading bits.
constexpr int kept_bits = 10;
constexpr std::size_t buckets_per_octave = std::size_t{1} << (kept_bits - 1);

std::size_t bucket_of(std::uint64_t value) noexcept {
    const int shift = std::max(0, static_cast<int>(std::bit_width(value)) - kept_bits);
    return static_cast<std::size_t>(shift) * buckets_per_octave +
           static_cast<std::size_t>(value >> shift);
}

/// The greatest value of the bucket.
std::uint64_t upper_bound(std::size_t bucket) noexcept {
    if (bucket < 2 * buckets_per_octave) {
        return bucket;
    }
    const auto shift = bucket / buckets_per_octave - 1;
    const std::uint64_t leading = bucket - shift * buckets_per_octave;
    return ((leading + 1) << shift) - 1;
}

} // namespace

latency_histogram::latency_histogram() : buckets_(bucket_of(INT64_MAX) + 1) {}

void latency_histogram::add(std::chrono::nanoseconds duration) {
    duration = std::max(duration, std::chrono::nanoseconds{0});
    ++buckets_[bucket_of(static_cast<std::uint64_t>(duration.count()))];
    ++count_;
    max_ = std::max(max_, duration);
}

std::chrono::nanoseconds latency_histogram::quantile(double share) const noexcept {
    const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets_.size() && count_ > 0; ++i) {
        seen += buckets_[i];
        if (seen >= std::max<std::uint64_t>(wanted, 1)) {
            const std::chrono::nanoseconds bound{static_cast<std::int64_t>(upper_bound(i))};
            return std::min(max_, bound);
        }
    }
    return max_;
}

std::vector<latency_histogram::point> latency_histogram::points(std::size_t points_max) const {
    std::vector<point> told;
    double low = 0;
    std::size_t last = points_max;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        if (buckets_[i] == 0) {
            continue;
        }
        const double value = std::log(static_cast<double>(upper_bound(i)) + 1);
        low = told.empty() ? value : low;
        const double span = std::log(static_cast<double>(max_.count()) + 1) - low;
        const double place = span > 0 ? static_cast<double>(points_max) * (value - low) / span : 0;
        const auto index = std::min(static_cast<std::size_t>(place), points_max - 1);
        if (told.empty() || index != last) {
            told.push_back({{}, 0});
        }
        const std::chrono::nanoseconds bound{static_cast<std::int64_t>(upper_bound(i))};
        told.back().upper = std::min(max_, bound);
        told.back().count += buckets_[i];
        last = index;
    }
    return told;
}

} // namespace orch::bench
