#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>

#include <cerrno>
#include <cstddef>
#include <optional>
#include <span>

#include <sys/socket.h>
#include <sys/uio.h>

namespace orch::net {

/// The executor is named so that no socket and no handler pays for type erasure.
using io_executor = boost::asio::io_context::executor_type;

/// A connected socket, TCP or unix.
using stream_socket =
    boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, io_executor>;

/// One gathered write that never waits. 0 when the socket is full, nothing when it is broken.
[[nodiscard]] inline std::optional<std::size_t> send_some(int socket, std::span<iovec> pieces) {
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    while (true) {
        const auto sent = ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) {
            return static_cast<std::size_t>(sent);
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return 0;
        }
        if (errno != EINTR) {
            return std::nullopt;
        }
    }
}

} // namespace orch::net
