#pragma once

#include "net/options.hpp"
#include "net/tls_client.hpp"
#include "net/web_url.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace orch::net {

/// The bytes to and from one web server, over TCP alone or under TLS. Its owner outlives every
/// handler that it passes, and uses it on the thread of the io context only.
class client_stream {
public:
    /// Empty when it is open, else a clause that says why not.
    using opened = std::function<void(std::string problem)>;
    using transferred = std::function<void(const boost::system::error_code&, std::size_t)>;

    client_stream(boost::asio::io_context& context, const web_url& peer,
                  const client_options& options, tls_client& tls)
        : peer_(peer), options_(options), tls_client_(tls), resolver_(context), socket_(context) {}

    /// Looks the host up, connects to an address that the options allow, and does the handshake.
    void open(opened done);
    void read_some(boost::asio::mutable_buffer into, transferred done);
    /// Until all of it is written.
    void write(boost::asio::const_buffer head, boost::asio::const_buffer body, transferred done);
    /// What is under way ends with an error.
    void close() noexcept;

private:
    using endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

    void connect(std::shared_ptr<const endpoints> to, opened done);
    void shake_hands(opened done);

    const web_url& peer_;
    const client_options& options_;
    tls_client& tls_client_;
    boost::asio::ip::tcp::resolver resolver_;
    boost::asio::ip::tcp::socket socket_;
    std::unique_ptr<tls_stream> tls_;
};

} // namespace orch::net
