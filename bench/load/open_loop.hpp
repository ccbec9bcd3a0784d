#pragma once

#include "bench/load/call_schedule.hpp"
#include "bench/load/session_pool.hpp"

#include "core/json_writer.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>

namespace orch::bench {

/// Sends calls when they are due, each over the session that is free for the longest time. A call
/// that finds none waits, and its latency grows meanwhile.
class open_loop {
public:
    using time_point = call_schedule::time_point;
    /// Sends one call that was due at `due`, and says `release(session)` when it is answered.
    using sender = std::function<void(std::uint32_t session, time_point due)>;

    open_loop(session_pool& sessions, sender send);

    /// Runs the schedule to its end, then waits for what is under way, and a while for what is due
    /// and finds no session.
    void run(double per_second, std::chrono::nanoseconds length);
    void release(std::uint32_t session);

    /// `late`, `unsent` (never sent), and an `error` when there are such.
    void write(json_writer& out) const;

private:
    void send_due();
    void wait_for_next();

    session_pool& sessions_;
    sender send_;
    boost::asio::steady_timer timer_;
    std::deque<std::uint32_t> free_;
    call_schedule schedule_{{}, 1.0, {}};
    time_point end_;
    std::uint64_t releases_ = 0;
    /// Sent more than a millisecond after they were due.
    std::uint64_t late_ = 0;
};

} // namespace orch::bench
