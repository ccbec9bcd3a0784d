#include "net/blocking_exchange.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <fmt/format.h>

#include <utility>

namespace orch::net {

namespace http = boost::beast::http;

namespace {

std::string compose(const peer_address& to, const outgoing_request& request) {
    // A unix socket has no name that a server could check.
    auto text = fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", request.method,
                            request.target, to.unix_socket.empty() ? to.to_string() : "localhost");
    for (const auto& [name, value] : request.headers) {
        text.append(name).append(": ").append(value).append("\r\n");
    }
    if (!request.body.empty()) {
        text.append("Content-Type: application/json\r\n");
    }
    text.append(fmt::format("Content-Length: {}\r\n\r\n", request.body.size()));
    return text.append(request.body);
}

response head_of(const http::response_header<>& answer) {
    response head;
    head.status = static_cast<int>(answer.result_int());
    head.content_type = answer[http::field::content_type];
    for (const auto& header : answer) {
        head.headers.emplace_back(header.name_string(), header.value());
    }
    return head;
}

} // namespace

struct blocking_exchange::state {
    explicit state(blocking_socket connected) : socket(std::move(connected)) {
        // What is too much is for the reader to say: an event stream has no end.
        parser.body_limit(boost::none);
        parser.eager(true);
    }

    /// Reads once from the socket and parses what is there.
    [[nodiscard]] result<void> advance(clock::time_point deadline) {
        const auto bytes = socket.receive(deadline);
        if (!bytes) {
            return bytes.error();
        }
        boost::beast::error_code ec;
        if (bytes->empty()) {
            if (parser.got_some()) {
                parser.put_eof(ec);
            }
            return parser.is_done() ? result<void>{}
                                    : error{errc::protocol_violation, "the answer ended too early"};
        }
        unparsed.append(*bytes);
        unparsed.erase(0,
                       parser.put(boost::asio::const_buffer{unparsed.data(), unparsed.size()}, ec));
        if (ec && ec != http::error::need_more) {
            return error{errc::protocol_violation, "the answer is not HTTP: " + ec.message()};
        }
        return {};
    }

    blocking_socket socket;
    http::response_parser<http::string_body> parser;
    std::string unparsed;
    response head;
};

blocking_exchange::blocking_exchange(std::unique_ptr<state> made) : state_(std::move(made)) {}
blocking_exchange::blocking_exchange(blocking_exchange&&) noexcept = default;
blocking_exchange::~blocking_exchange() = default;

result<blocking_exchange> blocking_exchange::open(const peer_address& to,
                                                  const outgoing_request& request,
                                                  clock::time_point deadline) {
    auto socket = blocking_socket::connect(to, deadline);
    if (!socket) {
        return socket.error();
    }
    auto made = std::make_unique<state>(std::move(*socket));
    if (auto sent = made->socket.send(compose(to, request), deadline); !sent) {
        return sent.error();
    }
    while (!made->parser.is_header_done()) {
        if (auto read = made->advance(deadline); !read) {
            return read.error();
        }
    }
    made->head = head_of(made->parser.get());
    return blocking_exchange(std::move(made));
}

const response& blocking_exchange::head() const noexcept { return state_->head; }

result<std::string> blocking_exchange::read_some(clock::time_point deadline) {
    auto& body = state_->parser.get().body();
    while (body.empty() && !state_->parser.is_done()) {
        if (auto read = state_->advance(deadline); !read) {
            return read.error();
        }
    }
    return std::exchange(body, {});
}

result<std::string> blocking_exchange::read_rest(std::size_t bytes_max,
                                                 clock::time_point deadline) {
    std::string whole;
    while (true) {
        auto piece = read_some(deadline);
        if (!piece || piece->empty()) {
            return piece ? result<std::string>(std::move(whole)) : piece.error();
        }
        if (piece->size() > bytes_max - whole.size()) {
            return error{errc::too_large,
                         fmt::format("the answer is larger than {} bytes", bytes_max)};
        }
        whole.append(*piece);
    }
}

void blocking_exchange::abandon() const noexcept { state_->socket.abandon(); }

} // namespace orch::net
