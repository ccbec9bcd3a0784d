#include "net/listening_socket.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace orch::net {
namespace {

using tcp = boost::asio::ip::tcp;

constexpr int backlog = 4096;
constexpr int socket_type = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;

void set(const owned_fd& socket, int level, int option, int value) {
    // All of these exist on every supported kernel; without one the server works, only worse.
    static_cast<void>(::setsockopt(socket.get(), level, option, &value, sizeof value));
}

result<tcp::endpoint> parse_endpoint(const std::string& address, unsigned short port) {
    boost::system::error_code ec;
    const auto parsed = boost::asio::ip::make_address(address, ec);
    if (ec) {
        return error{errc::invalid_argument, "'" + address + "' is not an IP address to listen on"};
    }
    return tcp::endpoint{parsed, port};
}

error listen_error(const std::string& where, int number) {
    if (number == EADDRINUSE) {
        return {errc::conflict,
                "address in use: " + where + " (stop the other server or choose another port)"};
    }
    return errno_error("cannot listen on " + where, number);
}

std::string describe(const std::string& address, unsigned short port) {
    return address + " port " + std::to_string(port);
}

result<owned_fd> bind_tcp(const std::string& address, unsigned short port, port_sharing sharing) {
    const auto endpoint = parse_endpoint(address, port);
    if (!endpoint) {
        return endpoint.error();
    }
    owned_fd socket{::socket(endpoint->protocol().family(), socket_type, 0)};
    if (socket.get() < 0) {
        return listen_error(describe(address, port), errno);
    }
    set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
    set(socket, SOL_SOCKET, SO_REUSEPORT, sharing == port_sharing::shared ? 1 : 0);
    if (::bind(socket.get(), endpoint->data(), static_cast<socklen_t>(endpoint->size())) != 0) {
        return listen_error(describe(address, port), errno);
    }
    return socket;
}

/// The user time-out (RFC 5482) ends the probes, too: whatever is unanswered for so long.
void watch_peers(const owned_fd& socket, std::chrono::milliseconds peer_timeout) {
    const auto ms = static_cast<int>(peer_timeout.count());
    set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, ms);
    set(socket, IPPROTO_TCP, TCP_KEEPIDLE, std::max(1, ms / 2'000));
    set(socket, IPPROTO_TCP, TCP_KEEPINTVL, std::max(1, ms / 8'000));
}

result<sockaddr_un> unix_address(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return error{errc::invalid_argument,
                     "unix socket path too long (at most 107 bytes): " + path};
    }
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

/// Removes a socket file that nobody answers on.
result<void> remove_stale(const std::string& path, const sockaddr_un& address) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0) {
        return {};
    }
    if (!S_ISSOCK(info.st_mode)) {
        return error{errc::conflict, path + " exists and is not a socket"};
    }
    const owned_fd probe{::socket(AF_UNIX, socket_type, 0)};
    const auto refused = ::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address),
                                   sizeof address) != 0 &&
                         errno == ECONNREFUSED;
    if (!refused) {
        return listen_error(path, EADDRINUSE);
    }
    ::unlink(path.c_str());
    return {};
}

} // namespace

result<owned_fd> listen_tcp(const std::string& address, unsigned short port, port_sharing sharing,
                            std::chrono::milliseconds peer_timeout) {
    auto socket = bind_tcp(address, port, sharing);
    if (socket) {
        set(*socket, IPPROTO_TCP, TCP_NODELAY, 1);
        watch_peers(*socket, peer_timeout);
    }
    if (socket && ::listen(socket->get(), backlog) != 0) {
        return listen_error(describe(address, port), errno);
    }
    return socket;
}

result<void> check_port_is_free(const std::string& address, unsigned short port) {
    const auto probe = bind_tcp(address, port, port_sharing::exclusive);
    return probe ? result<void>{} : result<void>{probe.error()};
}

result<owned_fd> listen_unix(const std::string& path) {
    const auto address = unix_address(path);
    if (!address) {
        return address.error();
    }
    if (const auto removed = remove_stale(path, *address); !removed) {
        return removed.error();
    }
    owned_fd socket{::socket(AF_UNIX, socket_type, 0)};
    // The mode of the socket is the mode of the file that bind makes: no moment in which the
    // whole machine could connect, and no umask, which would be that of every thread.
    if (socket.get() < 0 || ::fchmod(socket.get(), S_IRUSR | S_IWUSR) != 0 ||
        ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0 ||
        ::listen(socket.get(), backlog) != 0) {
        return listen_error(path, errno);
    }
    return socket;
}

result<unsigned short> bound_port(const owned_fd& socket) {
    tcp::endpoint endpoint;
    auto size = static_cast<socklen_t>(endpoint.capacity());
    if (::getsockname(socket.get(), endpoint.data(), &size) != 0) {
        return errno_error("cannot read the port that was bound", errno);
    }
    endpoint.resize(size);
    return endpoint.port();
}

} // namespace orch::net
