#pragma once

#include "bench/load/poster.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace orch::bench {

/// One call of a tool of `mcp-orch-bench upstream`. Whatever the tool, the call carries a nonce of
/// its own.
struct call_shape {
    /// `echo`, `blob`, `delay`, `fail`, `progress`.
    std::string tool = "echo";
    /// Filler in the arguments.
    std::size_t payload_bytes = 100;
    /// For `blob`: so many bytes of text come back, and anything else is a wrong answer.
    std::size_t result_bytes = 0;
    /// For `delay`: so long the server waits before it answers.
    std::chrono::milliseconds delay{0};
};

enum class verdict {
    right,
    wrong, ///< The answer to another call, or one that lacks something.
    failed ///< An error that says so: JSON-RPC `error`, or `isError` where none was asked for.
};

/// One session of an MCP client with at most one open request. The functions it calls may delete
/// nothing; faults throw out of the io context.
class mcp_client {
public:
    using then = std::function<void()>;
    using judge = std::function<void(verdict)>;
    using listener = std::function<void(std::string_view message)>;

    mcp_client(endpoint where, std::uint32_t number);
    virtual ~mcp_client() = default;

    /// Connects and shakes hands.
    virtual void open(then ready) = 0;
    /// Calls a tool and judges the answer by the nonce.
    void call(const call_shape& shape, judge judged);
    /// Gets each notification and request of the server; without one they are passed over.
    void on_notice(listener notice) { notice_ = std::move(notice); }

protected:
    /// Sends a message; its answer goes to `receive`, if it is a request.
    virtual void send(const std::string& message) = 0;

    /// initialize, then notifications/initialized.
    void shake_hands(then ready);
    /// One JSON-RPC message of the server.
    void receive(std::string_view message);

    const endpoint& where() const noexcept { return where_; }

private:
    [[nodiscard]] verdict judge_answer(const call_shape& shape, std::string_view message) const;

    endpoint where_;
    std::uint32_t number_;
    std::uint64_t requests_ = 0;
    std::string id_;
    std::string nonce_;
    listener waiting_;
    listener notice_;
};

/// HTTP+SSE: answers arrive on a stream. Sessions may share a poster.
[[nodiscard]] std::unique_ptr<mcp_client> make_sse_client(boost::asio::io_context& context,
                                                          endpoint where, std::uint32_t number,
                                                          std::shared_ptr<poster> messages);
/// Streamable HTTP: each answer is the response to its request.
[[nodiscard]] std::unique_ptr<mcp_client>
make_streamable_client(boost::asio::io_context& context, endpoint where, std::uint32_t number);

} // namespace orch::bench
