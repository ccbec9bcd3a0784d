#include "net/client_stream.hpp"

#include "net/address_kind.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>

#include <fmt/core.h>

#include <array>
#include <utility>

#include <netinet/tcp.h>

namespace orch::net {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

/// A peer that vanished is noticed within about two minutes, also while nothing is sent.
constexpr int silence_seconds = 60;
constexpr int probe_seconds = 15;
constexpr int probes = 4;

void set_up(asio::ip::tcp::socket& socket) {
    error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
    const auto set = [&](int option, int value) {
        ::setsockopt(socket.native_handle(), IPPROTO_TCP, option, &value, sizeof value);
    };
    set(TCP_KEEPIDLE, silence_seconds);
    set(TCP_KEEPINTVL, probe_seconds);
    set(TCP_KEEPCNT, probes);
    set(TCP_USER_TIMEOUT, 1'000 * silence_seconds);
}

} // namespace

void client_stream::open(opened done) {
    resolver_.async_resolve(
        peer_.host, peer_.port,
        [this, done = std::move(done)](const error_code& failure, const auto& found) {
            if (failure) {
                done(fmt::format("its name cannot be looked up: {}", failure.message()));
                return;
            }
            const auto allowed = std::make_shared<endpoints>();
            std::string refusal = "its name has no address";
            for (const auto& entry : found) {
                auto problem = address_problem(entry.endpoint().address(), peer_.secure,
                                               options_.addresses);
                if (problem.empty()) {
                    allowed->push_back(entry.endpoint());
                } else {
                    refusal = std::move(problem);
                }
            }
            if (allowed->empty()) {
                done(std::move(refusal));
                return;
            }
            connect(allowed, done);
        });
}

void client_stream::connect(std::shared_ptr<const endpoints> to, opened done) {
    const auto& list = *to;
    asio::async_connect(socket_, list,
                        [this, to = std::move(to), done = std::move(done)](
                            const error_code& failure, const asio::ip::tcp::endpoint&) {
                            if (failure) {
                                done(failure.message());
                                return;
                            }
                            set_up(socket_);
                            if (peer_.secure) {
                                shake_hands(done);
                            } else {
                                done("");
                            }
                        });
}

void client_stream::shake_hands(opened done) {
    auto wrapped = tls_client_.wrap(socket_, peer_.host);
    if (!wrapped) {
        done(wrapped.error().detail);
        return;
    }
    tls_ = std::move(*wrapped);
    tls_->async_handshake(asio::ssl::stream_base::client,
                          [this, done = std::move(done)](const error_code& failure) {
                              done(failure ? tls_problem(*tls_, failure) : "");
                          });
}

void client_stream::read_some(asio::mutable_buffer into, transferred done) {
    if (tls_) {
        tls_->async_read_some(into, std::move(done));
    } else {
        socket_.async_read_some(into, std::move(done));
    }
}

void client_stream::write(asio::const_buffer head, asio::const_buffer body, transferred done) {
    const std::array<asio::const_buffer, 2> both{head, body};
    if (tls_) {
        asio::async_write(*tls_, both, std::move(done));
    } else {
        asio::async_write(socket_, both, std::move(done));
    }
}

void client_stream::close() noexcept {
    error_code ignored;
    resolver_.cancel();
    socket_.close(ignored);
}

} // namespace orch::net
