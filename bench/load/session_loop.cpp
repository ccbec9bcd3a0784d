#include "bench/load/session_loop.hpp"

#include "bench/load/patience.hpp"

namespace orch::bench {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

namespace {

constexpr auto least_between_failures = 1ms;

} // namespace

session_loop::session_loop(boost::asio::io_context& context, const endpoint& where, wire kind,
                           std::uint32_t sessions, std::uint32_t first_number)
    : context_(context) {
    for (std::uint32_t i = 0; i < sessions; ++i) {
        sessions_.push_back({make_client(context, kind, where, first_number + i),
                             std::make_unique<boost::asio::steady_timer>(context)});
    }
}

void session_loop::open() {
    std::size_t opened = 0;
    for (const auto& each : sessions_) {
        each.client->open([&opened] { ++opened; });
    }
    run_until(
        context_, [&] { return opened == sessions_.size(); }, [&opened] { return opened; });
    // Only from here on: a session that cannot be opened ends the run.
    for (std::size_t i = 0; i < sessions_.size(); ++i) {
        sessions_[i].client->on_lost([this, i](const std::string& why) { lose(i, why); });
    }
}

void session_loop::start(const call_shape& shape) {
    shape_ = shape;
    is_running_ = true;
    for (std::size_t i = 0; i < sessions_.size(); ++i) {
        call(i);
    }
}

void session_loop::stop(std::chrono::milliseconds longest) {
    is_running_ = false;
    for (const auto& each : sessions_) {
        each.pause->cancel();
    }
    const auto end = clock::now() + longest;
    while (open_calls_ > 0 && context_.run_one_until(end) > 0) {
    }
}

void session_loop::let_vanish(std::size_t sessions) {
    for (std::size_t i = 0; i < sessions; ++i) {
        auto& each = sessions_.at(i);
        end_call(each);
        each.is_gone = true;
        each.client->vanish();
    }
}

void session_loop::call(std::size_t index) {
    auto& each = sessions_[index];
    if (!is_running_ || each.is_gone) {
        return;
    }
    each.is_calling = true;
    ++open_calls_;
    each.client->call(shape_, [this, index, sent = clock::now()](verdict judged) {
        take({index, judged, sent, clock::now()});
    });
    observer_.on_call(index);
}

void session_loop::take(const answered& answer) {
    end_call(sessions_[answer.session]);
    ++counts_.calls;
    counts_.wrong += answer.judged == verdict::wrong ? 1 : 0;
    counts_.failed += answer.judged == verdict::failed ? 1 : 0;
    observer_.on_answer(answer);
    const auto next = answer.sent + least_between_failures;
    if (answer.judged == verdict::failed && answer.received < next) {
        call_later(answer.session, next);
    } else {
        call(answer.session);
    }
}

void session_loop::call_later(std::size_t index, time_point when) {
    auto& pause = *sessions_[index].pause;
    pause.expires_at(when);
    pause.async_wait([this, index](const boost::system::error_code& cancelled) {
        if (!cancelled) {
            call(index);
        }
    });
}

void session_loop::lose(std::size_t index, const std::string& why) {
    auto& each = sessions_[index];
    end_call(each);
    each.is_gone = true;
    if (counts_.lost_sessions++ == 0) {
        counts_.first_loss = why;
    }
    observer_.on_lost(index);
}

void session_loop::end_call(session_state& of) noexcept {
    if (of.is_calling) {
        of.is_calling = false;
        --open_calls_;
    }
}

} // namespace orch::bench
