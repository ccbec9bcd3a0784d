#include "actors/latency_histogram.hpp"

#include <algorithm>

namespace orch::actors {

void latency_histogram::add(std::chrono::microseconds duration) noexcept {
    const double seconds = std::chrono::duration<double>(duration).count();
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), seconds);
    ++buckets_[static_cast<std::size_t>(bucket - bounds.begin())];
    ++count_;
    sum_seconds_ += seconds;
}

} // namespace orch::actors
