#pragma once

#include "bench/load/mcp_client.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace orch::bench {

/// SSE sessions that ask for a large result again and again and read nothing of it. Each asks for a
/// limited number, by turns and at a fixed pace, so that what a server without a limit would keep
/// of it has an end. Lives on the thread that runs the context.
class slow_readers {
public:
    /// What one asks for in all: twice what mcp-orch keeps for a stream
    /// (`http.stream_queue_bytes_max`).
    static constexpr std::uint32_t requests_of_one_max = 64;
    static constexpr std::size_t result_bytes = std::size_t{1} << 20;

    slow_readers(boost::asio::io_context& context, const endpoint& where, std::uint32_t readers,
                 std::uint32_t first_number);

    /// Shakes hands in all sessions, which read from here on no more.
    void open();
    void start();
    /// All were cut off, or asked for everything they may.
    [[nodiscard]] bool have_asked() const;
    /// Asks for nothing large any more, and waits until all were found cut off, at most `longest`.
    void stop(std::chrono::milliseconds longest);

    [[nodiscard]] std::uint64_t requests() const noexcept { return requests_; }
    /// How many sessions the server let no longer call, which they find when they ask again.
    [[nodiscard]] std::uint64_t cut_off() const;
    /// Why the first was, as far as it can tell.
    [[nodiscard]] const std::string& first_cut() const noexcept { return first_cut_; }

private:
    struct reader {
        std::unique_ptr<mcp_client> client;
        std::uint32_t requests = 0;
        bool is_cut_off = false;
    };

    void ask_next();
    void ask(reader& each);

    boost::asio::io_context& context_;
    boost::asio::steady_timer timer_;
    std::vector<reader> readers_;
    std::size_t next_ = 0;
    std::uint64_t requests_ = 0;
    std::string first_cut_;
};

} // namespace orch::bench
