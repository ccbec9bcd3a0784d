#pragma once

#include "bench/load/load_command.hpp"
#include "bench/load/mcp_client.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace orch::bench {

/// Sessions that call again as soon as they have their answer, each with connections of its own.
/// One that fails calls again at most 1,000 times a second, and one that is lost no more, while the
/// others go on. Everything is called on the thread that runs the context.
class session_loop {
public:
    using time_point = std::chrono::steady_clock::time_point;

    struct answered {
        std::size_t session;
        verdict judged;
        time_point sent;
        time_point received;
    };
    struct watcher {
        std::function<void(const answered&)> on_answer = [](const answered&) {
        };
        std::function<void(std::size_t session)> on_call = [](std::size_t) {
        };
        /// A call that was open has no answer then.
        std::function<void(std::size_t session)> on_lost = [](std::size_t) {
        };
    };
    struct counts {
        std::uint64_t calls = 0; ///< answered ones
        std::uint64_t wrong = 0;
        std::uint64_t failed = 0;
        std::uint64_t lost_sessions = 0;
        /// Why the first session was lost.
        std::string first_loss;
    };

    /// `first_number` keeps the nonces of several loops apart.
    session_loop(boost::asio::io_context& context, const endpoint& where, wire kind,
                 std::uint32_t sessions, std::uint32_t first_number = 0);

    void watch(watcher observer) { observer_ = std::move(observer); }
    /// Shakes hands in all sessions; throws when one is refused.
    void open();
    void start(const call_shape& shape);
    /// Lets no session call again, and waits for the answers that are due, at most `longest`.
    void stop(std::chrono::milliseconds longest);
    /// The first sessions break off, whatever they wait for. They do not count as lost.
    void let_vanish(std::size_t sessions);

    [[nodiscard]] const counts& so_far() const noexcept { return counts_; }
    /// Calls that wait for an answer.
    [[nodiscard]] std::uint64_t open_calls() const noexcept { return open_calls_; }
    [[nodiscard]] mcp_client& client(std::size_t session) { return *sessions_.at(session).client; }

private:
    struct session_state {
        std::unique_ptr<mcp_client> client;
        std::unique_ptr<boost::asio::steady_timer> pause;
        bool is_calling = false;
        bool is_gone = false;
    };

    void call(std::size_t index);
    void take(const answered& answer);
    void call_later(std::size_t index, time_point when);
    void lose(std::size_t index, const std::string& why);
    void end_call(session_state& of) noexcept;

    boost::asio::io_context& context_;
    std::vector<session_state> sessions_;
    watcher observer_;
    call_shape shape_;
    counts counts_;
    std::uint64_t open_calls_ = 0;
    bool is_running_ = false;
};

} // namespace orch::bench
