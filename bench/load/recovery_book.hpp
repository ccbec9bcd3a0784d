#pragma once

#include "bench/load/mcp_client.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace orch::bench {

/// Keeps the books of sessions whose server is killed once: which calls were in flight then, when
/// the last of them failed, and when each session got its first right answer to a call that it made
/// after. An answer that was under way at the kill shows no recovery. Pure.
class recovery_book {
public:
    using time_point = std::chrono::steady_clock::time_point;

    explicit recovery_book(std::size_t sessions) : sessions_(sessions) {}

    void called(std::size_t session);
    void killed(time_point now);
    void answered(std::size_t session, verdict judged, time_point now);
    /// Its call, if one is open, has no answer.
    void lost(std::size_t session);

    [[nodiscard]] std::uint64_t in_flight() const noexcept { return in_flight_; }
    [[nodiscard]] std::uint64_t failed_in_flight() const noexcept { return failed_in_flight_; }
    /// From the kill to the last failing answer to a call that was in flight.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> last_failure() const;
    /// From the kill to the first right answer, of each session that got one, in ascending order.
    [[nodiscard]] std::vector<std::chrono::nanoseconds> recoveries() const;
    /// Every session has recovered or is lost.
    [[nodiscard]] bool is_complete() const noexcept;

private:
    struct session_state {
        bool is_calling = false;
        bool was_in_flight = false; ///< the open call is older than the kill
        bool is_lost = false;
        std::optional<time_point> recovered;
    };

    std::vector<session_state> sessions_;
    std::optional<time_point> killed_;
    std::optional<time_point> last_failure_;
    std::uint64_t in_flight_ = 0;
    std::uint64_t failed_in_flight_ = 0;
};

} // namespace orch::bench
