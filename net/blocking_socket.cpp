#include "net/blocking_socket.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <optional>

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace orch::net {

namespace {

using clock = blocking_socket::clock;

constexpr int socket_flags = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;

/// True when one of `events` came before the deadline.
bool wait_for(int socket, short events, clock::time_point deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
    const auto milliseconds = std::clamp<std::int64_t>(left.count(), 0,
                                                       std::numeric_limits<int>::max());
    pollfd waiting{socket, events, 0};
    int ready = -1;
    do {
        ready = ::poll(&waiting, 1, static_cast<int>(milliseconds));
    } while (ready < 0 && errno == EINTR);
    return ready != 0;
}

error not_connected(const peer_address& to, int number) {
    if (number == EACCES || number == EPERM) {
        return {errc::forbidden,
                fmt::format("this account may not use {}: run it as the account of mcp-orch, or "
                            "as root",
                            to.to_string())};
    }
    return {errc::unavailable,
            fmt::format("nobody answers on {}: {}", to.to_string(), std::strerror(number))};
}

/// 0, or what went wrong.
int connect_to(int socket, const sockaddr* address, socklen_t size, clock::time_point deadline) {
    if (::connect(socket, address, size) == 0) {
        return 0;
    }
    if (errno != EINPROGRESS && errno != EINTR) {
        return errno;
    }
    if (!wait_for(socket, POLLOUT, deadline)) {
        return ETIMEDOUT;
    }
    int failed = 0;
    socklen_t length = sizeof failed;
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &failed, &length);
    return failed;
}

result<owned_fd> connect_unix(const peer_address& to, clock::time_point deadline) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (to.unix_socket.size() >= sizeof address.sun_path) {
        return error{errc::invalid_argument, "unix socket path too long: " + to.unix_socket};
    }
    std::memcpy(address.sun_path, to.unix_socket.data(), to.unix_socket.size());
    owned_fd socket{::socket(AF_UNIX, socket_flags, 0)};
    const int failed = connect_to(socket.get(), reinterpret_cast<const sockaddr*>(&address),
                                  sizeof address, deadline);
    if (failed != 0) {
        return not_connected(to, failed);
    }
    return socket;
}

result<owned_fd> connect_tcp(const peer_address& to, clock::time_point deadline) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int failed = ::getaddrinfo(to.host.c_str(), to.port.c_str(), &hints, &found);
        failed != 0) {
        return error{errc::unavailable,
                     fmt::format("{} is not known: {}", to.host, ::gai_strerror(failed))};
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, &::freeaddrinfo);
    int failed = ECONNREFUSED;
    for (const auto* each = found; each != nullptr; each = each->ai_next) {
        owned_fd socket{::socket(each->ai_family, socket_flags, 0)};
        failed = connect_to(socket.get(), each->ai_addr, each->ai_addrlen, deadline);
        if (failed == 0) {
            return socket;
        }
    }
    return not_connected(to, failed);
}

} // namespace

std::string peer_address::to_string() const {
    return unix_socket.empty() ? fmt::format("{}:{}", host, port) : unix_socket;
}

blocking_socket::blocking_socket(owned_fd socket, std::string name)
    : socket_(std::move(socket)), name_(std::move(name)), buffer_(std::make_unique<buffer>()) {}

result<blocking_socket> blocking_socket::connect(const peer_address& to,
                                                 clock::time_point deadline) {
    auto socket = to.unix_socket.empty() ? connect_tcp(to, deadline) : connect_unix(to, deadline);
    if (!socket) {
        return socket.error();
    }
    return blocking_socket(std::move(*socket), to.to_string());
}

result<void> blocking_socket::send(std::string_view text, clock::time_point deadline) {
    while (!text.empty()) {
        const auto sent = ::send(socket_.get(), text.data(), text.size(),
                                 MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) {
            text.remove_prefix(static_cast<std::size_t>(sent));
        } else if (auto ready = retry(POLLOUT, deadline); !ready) {
            return ready;
        }
    }
    return {};
}

result<std::string_view> blocking_socket::receive(clock::time_point deadline) {
    while (true) {
        const auto got = ::recv(socket_.get(), buffer_->data(), buffer_->size(), MSG_DONTWAIT);
        if (got >= 0) {
            return std::string_view{buffer_->data(), static_cast<std::size_t>(got)};
        }
        if (auto ready = retry(POLLIN, deadline); !ready) {
            return ready.error();
        }
    }
}

void blocking_socket::abandon() const noexcept { ::shutdown(socket_.get(), SHUT_RDWR); }

result<void> blocking_socket::retry(short events, clock::time_point deadline) const {
    if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
        return errno_error(fmt::format("the connection to {} broke", name_), errno);
    }
    if (!wait_for(socket_.get(), events, deadline)) {
        return error{errc::timeout, fmt::format("no answer in time from {}", name_)};
    }
    return {};
}

} // namespace orch::net
