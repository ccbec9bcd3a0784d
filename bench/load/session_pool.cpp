#include "bench/load/session_pool.hpp"

#include <boost/asio/post.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr std::uint32_t lanes = 32;
constexpr auto longest_silence = 60s;
/// More than the calls of any session.
constexpr std::uint64_t ids_per_session = 100'000'000;

} // namespace

session_pool::session_pool(endpoint where, wire kind, std::uint32_t sessions, ids choice)
    : where_(std::move(where)), kind_(kind), choice_(choice) {
    sessions_.resize(sessions);
    for (std::uint32_t i = 0; i < sessions; ++i) {
        sessions_[i] = make();
    }
}

std::unique_ptr<mcp_client> session_pool::make() {
    // A renewed session is another one: it must not take answers that were meant for the first.
    const auto number = made_++;
    auto client = make_client(context_, kind_, where_, number);
    if (choice_ == ids::own) {
        client->count_from(ids_per_session * (number + 1));
    }
    if (prepare_) {
        prepare_(*client);
    }
    return client;
}

void session_pool::prepare(std::function<void(mcp_client&)> prepare) {
    prepare_ = std::move(prepare);
    for (const auto& client : sessions_) {
        prepare_(*client);
    }
}

void session_pool::open() {
    std::uint32_t next = 0;
    std::uint32_t opened = 0;
    for (std::uint32_t i = 0; i < std::min(lanes, size()); ++i) {
        open_next(next, opened);
    }
    run_until([&] {
        tell_progress([&] { return fmt::format("{} of {} sessions are open", opened, size()); });
        return opened == size();
    });
}

void session_pool::open_next(std::uint32_t& next, std::uint32_t& opened) {
    if (next < size()) {
        sessions_[next++]->open([this, &next, &opened] {
            ++opened;
            open_next(next, opened);
        });
    }
}

void session_pool::run_until(const std::function<bool()>& is_done) {
    while (!is_done()) {
        context_.restart();
        if (context_.run_one_for(longest_silence) == 0) {
            throw std::runtime_error("nothing came for a minute");
        }
    }
}

mcp_client& session_pool::renew(std::uint32_t session) {
    boost::asio::post(context_, [gone = std::shared_ptr<mcp_client>(
                                     std::move(sessions_.at(session)))] { gone->close(); });
    sessions_[session] = make();
    return *sessions_[session];
}

} // namespace orch::bench
