#pragma once

#include "core/error.hpp"
#include "net/exchange.hpp"
#include "net/options.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace orch::net {

/// Listens on one address with one acceptor per io context (SO_REUSEPORT), parses HTTP/1.1 and
/// hands whole requests to the handler. Owns every connection and stream that it opened.
/// Knows nothing of routes, MCP or actors. `start` and `stop` may be called from any thread.
/// The contexts have to run until `stop` is done and every exchange is answered; they outlive
/// the exchanges. Of a stream that outlives its context only the pointer may be dropped.
class http_server {
public:
    struct hooks {
        request_handler handle;
        /// Runs on the connection's thread after each response; may be empty.
        std::function<void(const access_entry&)> access{};
        /// Asked when a header is there and its body is not: a request that it answers never gets
        /// to send the body. May be empty. Runs on the connection's thread; must not block.
        std::function<std::optional<response>(const request&)> refuse_early{};
    };

    /// `contexts` are run by the caller, each by one thread.
    http_server(const std::vector<boost::asio::io_context*>& contexts, http_options options,
                hooks hooks);
    ~http_server();

    /// Binds and listens. Errors name the address and what to do ("address in use: …").
    [[nodiscard]] result<void> start();
    /// Stops accepting, ends streams with `server_stopping`, closes idle connections; busy ones
    /// close after their answer. Idempotent.
    void stop();
    /// The bound port; known after `start`.
    [[nodiscard]] unsigned short port() const noexcept;
    /// Open connections that are no streams, and open streams; `connections_max` bounds the sum.
    [[nodiscard]] std::size_t connections() const noexcept;
    [[nodiscard]] std::size_t streams() const noexcept;

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

} // namespace orch::net
