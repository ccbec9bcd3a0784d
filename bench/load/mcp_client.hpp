#pragma once

#include "bench/load/load_command.hpp"
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
    /// `echo`, `blob`, `delay`, `fail`, `progress`, `announce`, `pid`, `crash`.
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

/// One session of an MCP client with at most one open request. The functions it calls may call it,
/// also to close it, but must not delete it (`boost::asio::post` that).
class mcp_client {
public:
    using then = std::function<void()>;
    using judge = std::function<void(verdict judged)>;
    using listener = std::function<void(std::string_view message)>;
    using loss = std::function<void(const std::string& why)>;

    mcp_client(endpoint where, std::uint32_t number);
    virtual ~mcp_client() = default;

    /// Connects and shakes hands.
    virtual void open(then ready) = 0;
    /// Calls a tool and judges the answer by the nonce.
    void call(const call_shape& shape, judge judged);
    /// Asks for the tools. Right is an answer that has any.
    void list_tools(judge judged);
    /// Gets each notification and request of the server; without one they are passed over.
    void on_notice(listener notice) { notice_ = std::move(notice); }
    /// Gets each answer as it came, before it is judged.
    void on_answer(listener answered) { answered_ = std::move(answered); }
    /// The size of the last answer.
    [[nodiscard]] std::size_t answer_bytes() const noexcept { return answer_bytes_; }
    /// Gets each answer to something that this session did not ask, instead of taking it for a
    /// wrong answer: some gateways send everything to everybody.
    void on_foreign(listener foreign) { foreign_ = std::move(foreign); }
    /// Told once when the server refuses the session or a message, or cuts a connection; the
    /// session is closed then, and what it asked is never judged. Without it, that is thrown out of
    /// the io context and ends the run: a load that goes on without some of its sessions measures
    /// something else.
    void on_lost(loss lost) { lost_ = std::move(lost); }
    /// Begins its ids behind this one. Sessions that do not say so all have the same ids.
    void count_from(std::uint64_t id) { requests_ = id; }
    /// The nonce of the last call; no other call has it, and no other text holds it.
    [[nodiscard]] const std::string& nonce() const noexcept { return nonce_; }
    /// Says goodbye as the transport has it, then closes.
    virtual void leave(then left) = 0;
    /// Closes all its connections; nothing is told any more.
    void close();
    /// The same by a reset, as if the client's process had died.
    void vanish();
    /// Reads nothing more of what the server sends.
    virtual void stop_reading() = 0;

protected:
    /// Sends a message; its answer goes to `receive`, if it is a request.
    virtual void send(const std::string& message) = 0;
    virtual void disconnect(client_connection::manner how) = 0;

    /// initialize, then notifications/initialized.
    void shake_hands(then ready);
    /// One JSON-RPC message of the server.
    void receive(std::string_view message);
    /// Whether a message is the answer to the open request.
    [[nodiscard]] bool is_awaited(std::string_view message) const;
    /// The number of the open request; 0 when there is none.
    [[nodiscard]] std::uint64_t open_request() const noexcept { return waiting_ ? requests_ : 0; }
    void lose(const std::string& why);

    const endpoint& where() const noexcept { return where_; }
    [[nodiscard]] std::uint32_t number() const noexcept { return number_; }
    /// What the server answered to initialize; empty before.
    [[nodiscard]] const std::string& version() const noexcept { return version_; }

private:
    void request(std::string_view method, std::string_view params, listener on_answer);
    [[nodiscard]] verdict judge_answer(const call_shape& shape, std::string_view message) const;

    endpoint where_;
    std::uint32_t number_;
    std::uint64_t requests_ = 0;
    std::string id_;
    std::string nonce_;
    std::string version_;
    listener waiting_;
    listener notice_;
    listener foreign_;
    listener answered_;
    std::size_t answer_bytes_ = 0;
    loss lost_;
    bool is_closed_ = false;
};

/// Either wire, with connections of its own. `number` makes its nonces and chooses its source
/// address.
[[nodiscard]] std::unique_ptr<mcp_client> make_client(boost::asio::io_context& context, wire kind,
                                                      const endpoint& where, std::uint32_t number);
/// HTTP+SSE: answers arrive on a stream. Sessions may share a poster, whose losses end the run.
[[nodiscard]] std::unique_ptr<mcp_client> make_sse_client(boost::asio::io_context& context,
                                                          endpoint where, std::uint32_t number,
                                                          std::shared_ptr<poster> messages);
/// Streamable HTTP: each answer is the response to its request, as JSON or as events.
[[nodiscard]] std::unique_ptr<mcp_client>
make_streamable_client(boost::asio::io_context& context, endpoint where, std::uint32_t number);

} // namespace orch::bench
