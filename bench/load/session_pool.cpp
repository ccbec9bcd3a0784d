#include "bench/load/session_pool.hpp"

#include "bench/load/patience.hpp"

#include <boost/asio/post.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace orch::bench {

namespace {

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
    for (std::uint32_t i = 0; i < std::min(opening_max, size()); ++i) {
        open_next(next, opened);
    }
    run_until(
        context_,
        [&] {
            tell_progress(
                [&] { return fmt::format("{} of {} sessions are open", opened, size()); });
            return opened == size();
        },
        [&] { return opened; });
}

void session_pool::open_next(std::uint32_t& next, std::uint32_t& opened) {
    if (next < size()) {
        sessions_[next++]->open([this, &next, &opened] {
            ++opened;
            open_next(next, opened);
        });
    }
}

mcp_client& session_pool::renew(std::uint32_t session) {
    boost::asio::post(context_, [gone = std::shared_ptr<mcp_client>(
                                     std::move(sessions_.at(session)))] { gone->close(); });
    sessions_[session] = make();
    return *sessions_[session];
}

} // namespace orch::bench
