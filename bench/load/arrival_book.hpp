#pragma once

#include "bench/load/latency_histogram.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace orch::bench {

/// Keeps the books of events that each of many streams must get once, one event after the other.
/// What comes to a stream that has the event, or between two events, is a duplicate. Pure.
class arrival_book {
public:
    using time_point = std::chrono::steady_clock::time_point;

    explicit arrival_book(std::size_t streams) : has_it_(streams) {}

    /// An event leaves for all streams.
    void published(time_point now);
    void arrived(std::size_t stream, time_point now);
    [[nodiscard]] bool is_complete() const noexcept { return waiting_ == 0; }
    /// No longer waits for the event: streams without it miss it.
    void give_up() noexcept;

    [[nodiscard]] std::uint64_t events() const noexcept { return events_; }
    [[nodiscard]] std::uint64_t delivered() const noexcept { return arrivals_.count(); }
    [[nodiscard]] std::uint64_t missing() const noexcept { return missing_; }
    [[nodiscard]] std::uint64_t duplicates() const noexcept { return duplicates_; }
    /// From publishing to each arrival.
    [[nodiscard]] const latency_histogram& arrivals() const noexcept { return arrivals_; }
    /// From publishing to the last arrival, the median of the events that all got; 0 without any.
    [[nodiscard]] std::chrono::nanoseconds median_of_last() const;

private:
    std::vector<bool> has_it_;
    time_point published_;
    std::size_t waiting_ = 0;
    std::uint64_t events_ = 0;
    std::uint64_t missing_ = 0;
    std::uint64_t duplicates_ = 0;
    latency_histogram arrivals_;
    std::vector<std::chrono::nanoseconds> last_;
};

} // namespace orch::bench
