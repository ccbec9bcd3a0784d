#include "bench/load/open_loop.hpp"

#include "bench/load/patience.hpp"
#include "bench/load/run_fault.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr auto in_time = 1ms;
constexpr auto longest_overtime = 5s;

} // namespace

open_loop::open_loop(session_pool& sessions, sender send)
    : sessions_(sessions), send_(std::move(send)), timer_(sessions.context()) {
    for (std::uint32_t i = 0; i < sessions.size(); ++i) {
        free_.push_back(i);
    }
}

void open_loop::run(double per_second, std::chrono::nanoseconds length) {
    const auto started = clock::now();
    schedule_ = {started, per_second, length};
    end_ = started + length + longest_overtime;
    send_due();
    const auto is_over = [&] {
        tell_progress([&] {
            return fmt::format("{} of {} calls were sent", schedule_.total() - schedule_.left(),
                               schedule_.total());
        });
        return (schedule_.left() == 0 || clock::now() >= end_) && free_.size() == sessions_.size();
    };
    run_until(sessions_.context(), is_over, [this] { return releases_; });
    timer_.cancel();
}

void open_loop::write(json_writer& out) const {
    out.key("late").number(late_).key("unsent").number(schedule_.left());
    write_fault(out, fault_of_schedule(schedule_.left(), schedule_.total()));
}

void open_loop::release(std::uint32_t session) {
    ++releases_;
    free_.push_back(session);
    send_due();
}

void open_loop::send_due() {
    const auto now = clock::now();
    while (!free_.empty() && now < end_) {
        const auto due = schedule_.take(now);
        if (!due) {
            wait_for_next();
            return;
        }
        late_ += now - *due > in_time ? 1 : 0;
        const auto session = free_.front();
        free_.pop_front();
        send_(session, *due);
    }
}

void open_loop::wait_for_next() {
    const auto due = schedule_.next();
    if (!due || timer_.expiry() == *due) {
        return;
    }
    timer_.expires_at(*due);
    timer_.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled) {
            send_due();
        }
    });
}

} // namespace orch::bench
