#include "net/unix_client.hpp"

#include "core/byte_sizes.hpp"
#include "net/owned_fd.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <limits>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace orch::net {
namespace {

namespace http = boost::beast::http;
using clock = std::chrono::steady_clock;

constexpr std::size_t answer_bytes_max = 256 * mib;

/// One exchange on one socket, every wait under the same deadline.
class unix_exchange {
public:
    unix_exchange(const std::string& path, clock::time_point deadline)
        : path_(path), deadline_(deadline),
          socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {}

    [[nodiscard]] result<void> connect() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path_.size() >= sizeof address.sun_path) {
            return error{errc::invalid_argument, "unix socket path too long: " + path_};
        }
        std::memcpy(address.sun_path, path_.data(), path_.size());
        while (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address),
                         sizeof address) != 0) {
            if (errno != EINTR) {
                return error{errc::unavailable,
                             "nobody answers on " + path_ + ": " + std::strerror(errno)};
            }
        }
        return {};
    }

    [[nodiscard]] result<void> send(std::string_view text) {
        while (!text.empty()) {
            const auto sent = ::send(socket_.get(), text.data(), text.size(),
                                     MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent >= 0) {
                text.remove_prefix(static_cast<std::size_t>(sent));
            } else if (auto ready = retry(POLLOUT); !ready) {
                return ready;
            }
        }
        return {};
    }

    /// At least one byte; none at the end of the stream.
    [[nodiscard]] result<std::string_view> receive() {
        while (true) {
            const auto got = ::recv(socket_.get(), buffer_.data(), buffer_.size(), MSG_DONTWAIT);
            if (got >= 0) {
                return std::string_view{buffer_.data(), static_cast<std::size_t>(got)};
            }
            if (auto ready = retry(POLLIN); !ready) {
                return ready.error();
            }
        }
    }

private:
    /// After a call failed: waits when it only has to be made again.
    [[nodiscard]] result<void> retry(short events) {
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
            return errno_error("the connection to " + path_ + " broke", errno);
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - clock::now());
        pollfd waiting{socket_.get(), events, 0};
        if (left.count() <= 0 || ::poll(&waiting, 1,
                                        static_cast<int>(std::min<std::int64_t>(
                                            left.count(), std::numeric_limits<int>::max()))) == 0) {
            return error{errc::timeout, "no answer in time from " + path_};
        }
        return {};
    }

    const std::string& path_;
    clock::time_point deadline_;
    owned_fd socket_;
    std::array<char, 16 * kib> buffer_{};
};

std::string compose(std::string_view method, std::string_view target, std::string_view body) {
    std::string text;
    text.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    text.append("Accept: application/json\r\nConnection: close\r\n");
    if (!body.empty()) {
        text.append("Content-Type: application/json\r\n");
    }
    text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n");
    return text.append(body);
}

response convert(http::response<http::string_body>&& answer) {
    response converted;
    converted.status = static_cast<int>(answer.result_int());
    converted.content_type = answer[http::field::content_type];
    for (const auto& header : answer) {
        converted.headers.emplace_back(header.name_string(), header.value());
    }
    converted.body = std::move(answer.body());
    return converted;
}

result<response> read_answer(unix_exchange& peer) {
    http::response_parser<http::string_body> parser;
    parser.body_limit(answer_bytes_max);
    parser.eager(true);
    std::string unparsed;
    boost::beast::error_code ec;
    while (!parser.is_done()) {
        const auto bytes = peer.receive();
        if (!bytes) {
            return bytes.error();
        }
        if (bytes->empty()) {
            if (parser.got_some()) {
                parser.put_eof(ec);
            }
            if (!parser.is_done()) {
                return error{errc::protocol_violation, "the answer ended too early"};
            }
            break;
        }
        unparsed.append(*bytes);
        unparsed.erase(0,
                       parser.put(boost::asio::const_buffer{unparsed.data(), unparsed.size()}, ec));
        if (ec && ec != http::error::need_more) {
            return error{errc::protocol_violation, "the answer is not HTTP: " + ec.message()};
        }
    }
    return convert(parser.release());
}

} // namespace

result<response> request_over_unix_socket(const std::string& socket_path, std::string_view method,
                                          std::string_view target, std::string_view body,
                                          std::chrono::milliseconds timeout) {
    unix_exchange peer{socket_path, clock::now() + timeout};
    if (auto connected = peer.connect(); !connected) {
        return connected.error();
    }
    if (auto sent = peer.send(compose(method, target, body)); !sent) {
        return sent.error();
    }
    return read_answer(peer);
}

} // namespace orch::net
