#pragma once

#include "bench/load/latency_histogram.hpp"
#include "bench/load/mcp_client.hpp"

#include "core/json_writer.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace orch::bench {

[[nodiscard]] double microseconds(std::chrono::nanoseconds time);

/// `<prefix>p50_us` and so on of these.
void write_quantiles(json_writer& out, const latency_histogram& latencies,
                     std::string_view prefix = {});

/// What became of the calls of a load.
class call_tally {
public:
    using clock = std::chrono::steady_clock;

    /// `since` is when the call was sent or due. Its latency counts when that is behind the
    /// warm-up.
    void add(verdict judged, std::size_t answer_bytes, clock::time_point since);
    /// Answers that a session got and had not asked for: wrong, too.
    void add_foreign() { ++wrong_; }
    void start(clock::time_point now, std::chrono::nanoseconds warm_up);
    void stop(clock::time_point now) { stopped_ = now; }

    [[nodiscard]] std::uint64_t calls() const noexcept { return calls_; }
    [[nodiscard]] const latency_histogram& latencies() const noexcept { return latencies_; }

    /// `calls`, `wrong`, `failed`, `calls_per_second`, `bytes_per_second` (of answers), quantiles
    /// and `histogram`.
    void write(json_writer& out) const;

private:
    latency_histogram latencies_;
    clock::time_point started_;
    clock::time_point warm_;
    clock::time_point stopped_;
    std::uint64_t calls_ = 0;
    std::uint64_t wrong_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t bytes_ = 0;
};

} // namespace orch::bench
