#pragma once

#include "bench/load/endpoint.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <functional>
#include <string>
#include <string_view>

namespace orch::bench {

/// The head and body of one request to 127.0.0.1; `headers` is whole lines.
[[nodiscard]] std::string http_request(const target& to, std::string_view method,
                                       std::string_view path, std::string_view headers,
                                       std::string_view body = {});

/// A connection to the server under test. A fault throws out of the io context and ends the run:
/// a load generator that goes on without some of its sessions measures something else.
class client_connection {
public:
    using receiver = std::function<void(std::string_view bytes)>;

    client_connection(boost::asio::io_context& context, receiver on_bytes);

    /// Connects from the loopback address 127.0.0.`source`, since one address has too few ports
    /// for many thousand connections. Blocks; loopback connects at once.
    void connect(const target& to, unsigned char source = 1);
    /// One at a time.
    void send(std::string bytes);

private:
    void read();

    boost::asio::ip::tcp::socket socket_;
    receiver on_bytes_;
    std::string outgoing_;
    std::array<char, 4096> incoming_;
};

} // namespace orch::bench
