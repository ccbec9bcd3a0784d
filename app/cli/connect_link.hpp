#pragma once

#include "app/cli/connect_journal.hpp"
#include "core/error.hpp"
#include "net/blocking_exchange.hpp"
#include "net/sse_parser.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace orch::app::cli {

/// Which MCP endpoint to use, and as whom.
struct connect_target {
    net::peer_address peer;
    /// `/projects/<project>/servers/<server>` or `/projects/<project>/unified`.
    std::string path;
    net::header_list headers;
};

/// Keeps a session of the orchestrator's HTTP+SSE endpoint open for a stdio client: what the client
/// says is posted in its order, what comes back is handed on as it comes. That transport of all,
/// since its messages keep their order in both directions like those of stdio, so that a
/// cancellation never overtakes its request. When the connection breaks, open requests are
/// answered with errors and the client's session is begun anew behind its back.
///
/// `say` and `finish` are for one thread; a thread of its own reads. `to_client` may be called on
/// either, one call at a time.
class connect_link {
public:
    using clock = std::chrono::steady_clock;

    /// A request waits for at most `patience` while the orchestrator is away.
    connect_link(connect_target target, std::chrono::seconds patience,
                 std::function<void(const std::string&)> to_client);
    connect_link(const connect_link&) = delete;
    connect_link& operator=(const connect_link&) = delete;
    ~connect_link();

    /// Connects for the first time. `unavailable` when no orchestrator runs there; otherwise what
    /// it said against it. Blocks, also while an orchestrator is only just starting.
    [[nodiscard]] result<void> open();
    /// Takes a line of the client. Blocks until it is delivered, or answered with an error.
    void say(std::string line);
    /// Tells the client that a line was too long.
    void refuse_long_line(std::size_t bytes, std::size_t bytes_max);
    /// Lets open requests end for a moment, then ends the session.
    void finish();

private:
    using stream = std::shared_ptr<net::blocking_exchange>;

    [[nodiscard]] result<stream> open_stream() const;
    void read_for_ever(stream open);
    void read(const stream& open);
    void take_event(net::sse_event event);
    void take_endpoint(const std::string& address);
    void take_message(std::string text);
    void greet(const std::string& address);
    void connected(const std::string& address);
    /// Answers what is open, once per connection.
    void lost(const std::string& why);
    /// The same, unless another connection has taken the place of the one with this address.
    void lose(const std::string& address, const std::string& why);
    [[nodiscard]] bool pause(std::chrono::milliseconds time);

    [[nodiscard]] std::optional<std::string> await_connection();
    [[nodiscard]] result<void> post(const std::string& address, const std::string& message);
    void deliver(const connect_journal::heard& said);
    void emit(const std::vector<std::string>& lines);

    connect_target target_;
    std::chrono::seconds patience_;
    std::function<void(const std::string&)> to_client_;
    std::mutex output_;

    /// Guards all that follows.
    std::mutex mutex_;
    std::condition_variable changed_;
    connect_journal journal_;
    stream stream_;
    /// Where messages are posted; empty while there is no connection.
    std::string address_;
    /// The same while the session is begun anew.
    std::string greeted_address_;
    std::string why_lost_;
    clock::time_point lost_at_;
    bool stopping_ = false;

    std::thread reader_;
};

} // namespace orch::app::cli
