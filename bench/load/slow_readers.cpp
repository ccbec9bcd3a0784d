#include "bench/load/slow_readers.hpp"

#include "bench/load/patience.hpp"

#include <algorithm>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

/// 200 MiB a second of all together: enough to reach a limit soon, and little enough for others to
/// be served meanwhile.
constexpr auto between_requests = 5ms;
constexpr auto between_questions = 100ms;

} // namespace

slow_readers::slow_readers(boost::asio::io_context& context, const endpoint& where,
                           std::uint32_t readers, std::uint32_t first_number)
    : context_(context), timer_(context) {
    for (std::uint32_t i = 0; i < readers; ++i) {
        readers_.push_back({make_client(context, wire::sse, where, first_number + i)});
    }
}

void slow_readers::open() {
    std::size_t opened = 0;
    for (const auto& each : readers_) {
        each.client->open([&opened] { ++opened; });
    }
    run_until(
        context_, [&] { return opened == readers_.size(); }, [&opened] { return opened; });
    for (auto& each : readers_) {
        each.client->on_lost([this, &each](const std::string& why) {
            each.is_cut_off = true;
            first_cut_ = first_cut_.empty() ? why : first_cut_;
        });
        each.client->stop_reading();
    }
}

void slow_readers::start() { ask_next(); }

bool slow_readers::have_asked() const {
    return std::all_of(readers_.begin(), readers_.end(), [](const reader& each) {
        return each.is_cut_off || each.requests == requests_of_one_max;
    });
}

void slow_readers::stop(std::chrono::milliseconds longest) {
    timer_.cancel();
    for (const auto end = clock::now() + longest;
         cut_off() < readers_.size() && clock::now() < end;) {
        for (auto& each : readers_) {
            if (!each.is_cut_off) {
                each.client->call({"echo", 0}, [](verdict) {});
            }
        }
        context_.restart();
        context_.run_for(between_questions);
    }
}

std::uint64_t slow_readers::cut_off() const {
    return static_cast<std::uint64_t>(std::count_if(
        readers_.begin(), readers_.end(), [](const reader& each) { return each.is_cut_off; }));
}

void slow_readers::ask_next() {
    ask(readers_[next_++ % readers_.size()]);
    timer_.expires_after(between_requests);
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
        if (!cancelled) {
            ask_next();
        }
    });
}

void slow_readers::ask(reader& each) {
    if (each.is_cut_off || each.requests == requests_of_one_max) {
        return;
    }
    ++each.requests;
    ++requests_;
    each.client->call({"blob", 0, result_bytes}, [](verdict) {});
}

} // namespace orch::bench
