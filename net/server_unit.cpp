#include "net/server_unit.hpp"

#include <algorithm>

namespace orch::net {
namespace {

/// A deadline is met up to a quarter late; that is what one timer for everybody costs.
std::chrono::milliseconds interval_for(const http_options& options) {
    const auto shortest = std::min({options.header_timeout, options.body_timeout,
                                    options.idle_timeout, options.stream_stall_timeout,
                                    options.keep_alive_interval});
    return std::clamp(shortest / 4, std::chrono::milliseconds{10}, std::chrono::milliseconds{500});
}

} // namespace

server_unit::server_unit(boost::asio::io_context& context, std::size_t index,
                         std::shared_ptr<server_core> core)
    : context_(context), index_(index), core_(std::move(core)),
      interval_(interval_for(core_->options)) {}

void server_unit::add(unit_member& member) {
    members_.push_back(member);
    if (!waiting_) {
        wait();
    }
}

void server_unit::wait() {
    waiting_ = true;
    if (!timer_) {
        timer_.emplace(executor());
    }
    timer_->expires_after(interval_);
    timer_->async_wait([self = shared_from_this()](boost::system::error_code) {
        if (!self->members_.empty()) {
            // Still waiting: a member that a tick adds must not arm the timer a second time, or
            // the two would cancel each other for ever.
            self->tick();
            self->wait();
            return;
        }
        self->waiting_ = false;
        if (self->stopped_) {
            self->timer_.reset();
        }
    });
}

void server_unit::tick() {
    const auto streams = core_->streams.load(std::memory_order_relaxed);
    const auto turns = std::max<std::int64_t>(core_->options.keep_alive_interval / interval_, 1);
    unit_tick turn{std::chrono::steady_clock::now(),
                   64 + 2 * streams / static_cast<std::size_t>(turns)};
    for (auto at = members_.begin(); at != members_.end();) {
        auto& member = *at++;
        member.on_tick(turn);
    }
}

void server_unit::stop() {
    for (auto at = members_.begin(); at != members_.end();) {
        auto& member = *at++;
        member.on_stop();
    }
    stopped_ = true;
    // Busy connections stay under their deadlines until they have answered.
    if (members_.empty()) {
        timer_.reset();
    }
}

} // namespace orch::net
