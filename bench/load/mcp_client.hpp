#pragma once

#include "bench/load/poster.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace orch::bench {

/// Where an MCP endpoint is and what each call carries.
struct endpoint {
    target to;
    std::string path;
    /// Filler in the arguments of each call, beside the nonce.
    std::size_t payload_bytes = 100;
};

/// One session of an MCP client with at most one open request. The functions it calls may delete
/// nothing; faults throw out of the io context.
class mcp_client {
public:
    using then = std::function<void()>;
    /// False: the answer was not the one to this call.
    using judge = std::function<void(bool is_right)>;

    mcp_client(endpoint where, std::uint32_t number);
    virtual ~mcp_client() = default;

    /// Connects and shakes hands.
    virtual void open(then ready) = 0;
    /// Calls the tool `echo` with a nonce of its own and judges the answer by it.
    void call(judge judged);

protected:
    /// Sends a message; its answer goes to `receive`, if it is a request.
    virtual void send(const std::string& message) = 0;

    /// initialize, then notifications/initialized.
    void shake_hands(then ready);
    /// One JSON-RPC message of the server.
    void receive(std::string_view message);

    const endpoint& where() const noexcept { return where_; }

private:
    endpoint where_;
    std::uint32_t number_;
    std::uint64_t requests_ = 0;
    std::string id_;
    std::string nonce_;
    std::function<void(std::string_view)> waiting_;
};

/// HTTP+SSE: answers arrive on a stream. Sessions may share a poster.
[[nodiscard]] std::unique_ptr<mcp_client> make_sse_client(boost::asio::io_context& context,
                                                          endpoint where, std::uint32_t number,
                                                          std::shared_ptr<poster> messages);
/// Streamable HTTP: each answer is the response to its request.
[[nodiscard]] std::unique_ptr<mcp_client>
make_streamable_client(boost::asio::io_context& context, endpoint where, std::uint32_t number);

} // namespace orch::bench
