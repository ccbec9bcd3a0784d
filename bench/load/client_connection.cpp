#include "bench/load/client_connection.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <stdexcept>
#include <vector>

#include <netinet/in.h>

namespace orch::bench {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// Lets two connections of one source share a port when their targets differ, and keeps `bind`
/// from reserving one.
using port_at_connect = asio::detail::socket_option::boolean<IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT>;

constexpr std::uint32_t sessions_per_address = 5000;
constexpr std::uint32_t addresses = 200;
constexpr std::size_t short_bytes = 2048;
constexpr std::size_t shared_bytes = std::size_t{256} * 1024;
/// So often one connection reads on before others get their turn.
constexpr int reads_in_a_row = 16;

std::vector<char>& shared_buffer() {
    thread_local std::vector<char> buffer(shared_bytes);
    return buffer;
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

unsigned char source_of(std::uint32_t session) {
    return static_cast<unsigned char>(1 + session / sessions_per_address % addresses);
}

/// What outlives the connection until its last operation is over.
class client_connection::link : public std::enable_shared_from_this<link> {
public:
    link(asio::io_context& context, const handlers& receivers)
        : socket_(context), receivers_(receivers) {}

    void connect(const target& to, unsigned char source) {
        socket_.open(tcp::v4());
        socket_.set_option(port_at_connect(true));
        socket_.bind({asio::ip::address_v4({127, 0, 0, source}), 0});
        boost::system::error_code fault;
        socket_.connect({asio::ip::address_v4(to.address), to.port}, fault);
        if (fault) {
            throw std::runtime_error("no connection to " + to.authority + ": " + fault.message());
        }
        socket_.set_option(tcp::no_delay(true));
        socket_.non_blocking(true);
        read();
    }

    void send(std::string bytes) {
        outgoing_ = std::move(bytes);
        asio::async_write(socket_, asio::buffer(outgoing_),
                          [self = shared_from_this()](boost::system::error_code fault,
                                                      std::size_t) { self->check(fault); });
    }

    void close(manner how) {
        is_open_ = false;
        boost::system::error_code ignored;
        if (how == manner::reset) {
            socket_.set_option(tcp::socket::linger(true, 0), ignored);
        }
        socket_.close(ignored);
    }

    void stop_reading() { is_read_ = false; }

private:
    void read() {
        if (!is_read_ || !is_open_) {
            return;
        }
        socket_.async_read_some(
            asio::buffer(incoming_),
            [self = shared_from_this()](boost::system::error_code fault, std::size_t size) {
                self->take(fault, size);
            });
    }

    void take(boost::system::error_code fault, std::size_t size) {
        if (!check(fault) || !is_read_) {
            return;
        }
        receivers_.on_bytes({incoming_.data(), size});
        if (size == incoming_.size()) {
            read_on();
        }
        read();
    }

    void read_on() {
        auto& buffer = shared_buffer();
        for (int i = 0; i < reads_in_a_row && is_open_ && is_read_; ++i) {
            boost::system::error_code fault;
            const auto size = socket_.read_some(asio::buffer(buffer), fault);
            if (fault) {
                return; // Nothing there, or what the next asynchronous read will tell.
            }
            receivers_.on_bytes({buffer.data(), size});
            if (size < buffer.size()) {
                return;
            }
        }
    }

    bool check(const boost::system::error_code& fault) {
        if (!is_open_) {
            return false;
        }
        if (fault) {
            close(manner::orderly);
            receivers_.on_lost("a connection was lost: " + fault.message());
        }
        return !fault;
    }

    tcp::socket socket_;
    handlers receivers_;
    std::string outgoing_;
    bool is_open_ = true;
    bool is_read_ = true;
    std::array<char, short_bytes> incoming_;
};

client_connection::client_connection(asio::io_context& context, handlers receivers)
    : context_(context), receivers_(std::move(receivers)) {}

client_connection::~client_connection() { close(); }

void client_connection::connect(const target& to, unsigned char source) {
    close();
    link_ = std::make_shared<link>(context_, receivers_);
    link_->connect(to, source);
}

void client_connection::send(std::string bytes) { link_->send(std::move(bytes)); }

void client_connection::close(manner how) {
    if (link_) {
        link_->close(how);
    }
}

void client_connection::stop_reading() { link_->stop_reading(); }

} // namespace orch::bench
