#pragma once

#include "bench/upstream/answer_batch.hpp"

#include "mcp/json_rpc.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orch::bench {

/// An MCP server with tools to measure with, without its pipes and its clock. What it does not
/// know gets a JSON-RPC error. One thread.
class tool_server {
public:
    using time_point = std::chrono::steady_clock::time_point;

    static constexpr std::size_t blob_bytes_max = 16UL * 1024 * 1024;
    static constexpr std::chrono::milliseconds delay_max{3'600'000};
    /// Further calls of `delay` are refused while so many wait.
    static constexpr std::size_t delayed_max = 100'000;

    /// Answers one line without its line feed, or keeps the answer until it is due. The tool
    /// `crash` ends the process.
    void take(std::string& line, time_point now, answer_batch& out);
    /// Answers the delayed calls whose time has come, in the order of their times.
    void answer_due(time_point now, answer_batch& out);
    [[nodiscard]] std::optional<time_point> next_due() const;

private:
    struct delayed {
        time_point due;
        std::string answer;
    };
    static bool is_later(const delayed& left, const delayed& right) noexcept {
        return left.due > right.due;
    }

    void call_tool(std::string& line, const mcp::envelope& message, time_point now,
                   answer_batch& out);
    void delay(std::string_view milliseconds, std::string answer, std::string_view id,
               time_point now, answer_batch& out);

    std::uint64_t announcements_ = 0;
    /// A heap: the first is due first.
    std::vector<delayed> delayed_;
};

} // namespace orch::bench
