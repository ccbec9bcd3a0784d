#include "net/http_listener.hpp"

#include "core/log.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace orch::net {
namespace {

namespace asio = boost::asio;

/// Clients accepted in a row before the others on this thread get their turn.
constexpr int accepts_per_turn = 64;

owned_fd open_reserve() { return owned_fd{::open("/dev/null", O_RDONLY | O_CLOEXEC)}; }

int accept_from(int listener) {
    return ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

void turn_away(owned_fd client) {
    std::string answer = "HTTP/1.1 503 Service Unavailable\r\n"
                         "Retry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    iovec piece{answer.data(), answer.size()};
    static_cast<void>(send_some(client.get(), {&piece, 1}));
    ::shutdown(client.get(), SHUT_WR);
    // Unread input would turn the close into a reset, which can overtake the answer.
    std::array<char, 4096> ignored{};
    static_cast<void>(::recv(client.get(), ignored.data(), ignored.size(), MSG_DONTWAIT));
}

std::string numeric_address(int socket) {
    asio::ip::tcp::endpoint peer;
    auto size = static_cast<socklen_t>(peer.capacity());
    if (::getpeername(socket, peer.data(), &size) != 0) {
        return {};
    }
    peer.resize(size);
    const auto address = peer.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

} // namespace

http_listener::http_listener(std::shared_ptr<server_unit> unit, owned_fd socket, transport kind)
    : unit_(std::move(unit)), socket_(unit_->executor(), socket.release()), kind_(kind),
      reserve_(open_reserve()) {}

void http_listener::start() {
    unit_->add(*this);
    wait();
}

void http_listener::wait() {
    socket_.async_wait(asio::posix::descriptor_base::wait_read,
                       [self = shared_from_this()](boost::system::error_code ec) {
                           if (!ec && self->socket_.is_open()) {
                               self->accept_some();
                           }
                       });
}

void http_listener::accept_some() {
    for (int i = 0; i < accepts_per_turn; ++i) {
        const auto outcome = accept_one();
        if (outcome == accepted::none_waiting) {
            break;
        }
        if (outcome == accepted::out_of_descriptors) {
            if (reserve_.get() < 0) {
                paused_ = true;
                return;
            }
            turn_away_one();
        }
    }
    wait();
}

http_listener::accepted http_listener::accept_one() {
    owned_fd client{accept_from(socket_.native_handle())};
    if (client.get() < 0) {
        const auto exhausted = errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
                               errno == ENOMEM;
        return exhausted ? accepted::out_of_descriptors : accepted::none_waiting;
    }
    auto& core = unit_->core();
    if (core.connections.load() + core.streams.load() >= core.options.connections_max) {
        turn_away(std::move(client));
        return accepted::one;
    }
    auto identity = identify(client.get());
    stream_socket socket{unit_->executor()};
    boost::system::error_code ec;
    socket.assign(stream_socket::protocol_type{AF_UNSPEC, 0}, client.get(), ec);
    if (!ec) {
        static_cast<void>(client.release());
        std::make_shared<http_connection>(unit_, std::move(socket), std::move(identity))->start();
    }
    return accepted::one;
}

void http_listener::turn_away_one() {
    log::warning("net", "out of file descriptors: a client was turned away");
    reserve_.reset();
    owned_fd client{accept_from(socket_.native_handle())};
    if (client.get() >= 0) {
        turn_away(std::move(client));
    }
    reserve_ = open_reserve();
}

peer_identity http_listener::identify(int socket) const {
    if (kind_ == transport::tcp) {
        return {numeric_address(socket), std::nullopt};
    }
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        return {"unix", std::nullopt};
    }
    return {"unix", peer.uid};
}

void http_listener::on_tick(unit_tick&) {
    if (std::exchange(paused_, false)) {
        reserve_ = open_reserve();
        accept_some();
    }
}

void http_listener::on_stop() {
    unlink();
    boost::system::error_code ignored;
    socket_.close(ignored);
}

} // namespace orch::net
