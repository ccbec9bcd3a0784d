#pragma once

#include "bench/load/endpoint.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace orch::bench {

/// The head and body of one request; `headers` is whole lines.
[[nodiscard]] std::string http_request(const target& to, std::string_view method,
                                       std::string_view path, std::string_view headers,
                                       std::string_view body = {});

/// So many sessions take their connections from one loopback address before the next is taken,
/// since one address has too few ports for many thousand.
[[nodiscard]] unsigned char source_of(std::uint32_t session);

/// A connection to the server under test. Idle it takes little memory: what is more than a short
/// message is read into a buffer that all connections of the thread share. Closes when destroyed,
/// which its handlers must not do.
class client_connection {
public:
    struct handlers {
        std::function<void(std::string_view bytes)> on_bytes;
        /// The server closed it, or sending failed. Not called after `close`.
        std::function<void(const std::string& why)> on_lost;
    };

    client_connection(boost::asio::io_context& context, handlers receivers);
    client_connection(const client_connection&) = delete;
    client_connection& operator=(const client_connection&) = delete;
    ~client_connection();

    /// Connects from 127.0.0.`source`, anew when it was closed or lost. Blocks; loopback connects
    /// at once. Throws when nobody listens.
    void connect(const target& to, unsigned char source = 1);
    /// One at a time.
    void send(std::string bytes);
    enum class manner { orderly, reset };
    /// No handler is called any more.
    void close(manner how = manner::orderly);
    /// Leaves what arrives from now on where it is, as a client does that hangs.
    void stop_reading();

private:
    class link;

    boost::asio::io_context& context_;
    handlers receivers_;
    std::shared_ptr<link> link_;
};

} // namespace orch::bench
