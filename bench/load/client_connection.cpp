#include "bench/load/client_connection.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/write.hpp>

#include <netinet/in.h>

namespace orch::bench {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// Lets two connections of one source share a port when their targets differ, and keeps `bind`
/// from reserving one.
using port_at_connect = asio::detail::socket_option::boolean<IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT>;

void require(const boost::system::error_code& fault, const char* what) {
    if (fault) {
        throw boost::system::system_error(fault, what);
    }
}

} // namespace

std::string http_request(const target& to, std::string_view method, std::string_view path,
                         std::string_view headers, std::string_view body) {
    const auto length = method == "POST" ? fmt::format("Content-Length: {}\r\n", body.size())
                                         : std::string{};
    const auto proof = to.key.empty() ? std::string{}
                                      : fmt::format("Authorization: Bearer {}\r\n", to.key);
    return fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n{}{}{}\r\n{}", method, path, to.authority,
                       proof, headers, length, body);
}

client_connection::client_connection(asio::io_context& context, receiver on_bytes)
    : socket_(context), on_bytes_(std::move(on_bytes)) {}

void client_connection::connect(const target& to, unsigned char source) {
    socket_.open(tcp::v4());
    socket_.set_option(port_at_connect(true));
    socket_.bind({asio::ip::address_v4({127, 0, 0, source}), 0});
    socket_.connect({asio::ip::address_v4(to.address), to.port});
    socket_.set_option(tcp::no_delay(true));
    read();
}

void client_connection::send(std::string bytes) {
    outgoing_ = std::move(bytes);
    asio::async_write(socket_, asio::buffer(outgoing_),
                      [](const boost::system::error_code& fault, std::size_t) {
                          require(fault, "sending a request");
                      });
}

void client_connection::read() {
    socket_.async_read_some(asio::buffer(incoming_),
                            [this](const boost::system::error_code& fault, std::size_t size) {
                                if (fault == asio::error::operation_aborted) {
                                    return;
                                }
                                require(fault, "waiting for an answer");
                                on_bytes_({incoming_.data(), size});
                                read();
                            });
}

} // namespace orch::bench
