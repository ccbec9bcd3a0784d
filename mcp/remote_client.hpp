#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orch::mcp {

/// An HTTP request that a remote client wants to be made.
struct remote_request {
    enum class verb { get, post, erase };

    verb method = verb::get;
    /// Path and query at the server; empty: those that it was configured with.
    std::string target = {};
    /// Beside those of the configuration.
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::shared_ptr<const std::string> body = {};
    std::chrono::milliseconds delay{0};
    /// What of the answer comes at once. A call takes as long as its tool, and a stream of events
    /// has no end.
    enum class haste { none, head, whole };
    haste due = haste::head;
};

/// The head of an answer.
struct remote_head {
    int status = 0;
    std::string reason = {};
    std::string content_type = {};
    std::string session = {};
    /// The path that a redirect goes to; empty when it leaves the server or is none.
    std::string redirect = {};
};

/// One event of an answer that is a stream.
struct remote_event {
    std::string type = {};
    std::string data = {};
    std::optional<std::string> id = {};
    std::optional<std::chrono::milliseconds> retry = {};
    /// Its size, when it was over the limit and thrown away.
    std::size_t discarded_bytes = 0;
};

/// Why an answer did not come, or not whole.
struct remote_failure {
    bool sent = true; ///< the server may have seen the request
    std::string reason = {};
    /// Of a stream: from its head to its end.
    std::chrono::milliseconds lived{0};
};

/// What a remote client tells those who move its bytes and read its messages. Called from within
/// the client's own functions; what is called must not call back into the client.
class remote_port {
public:
    virtual ~remote_port() = default;

    /// `number` names it in what comes of it. False: too much is under way.
    [[nodiscard]] virtual bool ask(std::uint64_t number, remote_request request) = 0;
    /// Nothing more is to come of it.
    virtual void cancel(std::uint64_t number) = 0;
    /// The same, when its answer is about to end by itself.
    virtual void release(std::uint64_t number) = 0;
    /// The path of a page at the same origin that `reference` means; empty when there is none.
    [[nodiscard]] virtual std::string resolve(std::string_view reference) = 0;

    /// A message of the server, on the stream that answers `request` (raw id; empty: on another).
    virtual void message(std::string line, std::string_view request) = 0;
    /// No answer to the request with that raw id will come.
    virtual void lost(std::string_view request, std::string why) = 0;
    /// The server had forgotten the session and began another; `line` is its answer to
    /// `initialize`.
    virtual void renewed(std::string line) = 0;
    /// For the server's log.
    virtual void note(std::string text) = 0;
    /// The server does not know this transport; nothing more comes from this client.
    virtual void unsuited(std::string why) = 0;
    /// The link is over; nothing more comes from this client.
    virtual void ended(std::string why) = 0;
};

/// Limits of a remote client.
struct remote_limits {
    /// Requests that may wait for an answer at once; the others wait for their turn.
    std::size_t requests_max = 64;
    /// Notifications and answers that may be under way at once.
    std::size_t others_max = 32;
    std::size_t waiting_max = 4'096;
    std::size_t waiting_bytes_max = std::size_t{64} * 1024 * 1024;
    /// Attempts to take up the broken stream of an answer without any news of it: somebody waits.
    std::size_t resumes_max = 3;
    /// The same for the stream of the server, for which nobody does.
    std::size_t reconnects_max = 5;
    /// Streams of the server that may end soon and without a message before the pauses grow,
    /// whatever the server asks for.
    std::size_t idle_streams_max = 3;
    /// A stream that lives so long is none of these.
    std::chrono::milliseconds stream_life_min{30'000};
    std::chrono::milliseconds first_pause{500};
    std::chrono::milliseconds pause_max{30'000};
    /// What servers may ask for.
    std::chrono::milliseconds retry_min{100};
    std::chrono::milliseconds retry_max{300'000};
    /// In [0, 1): spreads the pauses of many clients.
    std::function<double()> jitter = [] {
        return 0.0;
    };
};

/// The client's side of a transport over HTTP: says what to ask, and makes messages of what comes.
/// Pure: no sockets, no clock. Used by one thread.
class remote_client {
public:
    virtual ~remote_client() = default;

    /// A message to the server. False: too many wait, and it was not taken.
    [[nodiscard]] virtual bool send(std::string line) = 0;
    /// Ends the session; `ended` follows.
    virtual void close() = 0;

    /// An answer with status 200 that is a stream of events begins. Its end is a failure.
    virtual void stream_began(std::uint64_t number, const remote_head& head) = 0;
    virtual void stream_event(std::uint64_t number, remote_event event) = 0;
    /// A whole answer of any other kind.
    virtual void answered(std::uint64_t number, const remote_head& head, std::string body) = 0;
    virtual void failed(std::uint64_t number, const remote_failure& failure) = 0;
};

} // namespace orch::mcp
