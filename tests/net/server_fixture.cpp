#include "tests/net/server_fixture.hpp"

#include "tests/support/catch.hpp"

#include <array>
#include <cerrno>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace orch::net::test {

server_fixture::server_fixture(request_handler handle, http_options options, std::size_t units,
                               std::function<void(const access_entry&)> access) {
    options.port = 0;
    std::vector<boost::asio::io_context*> contexts;
    for (std::size_t i = 0; i < units; ++i) {
        contexts_.push_back(std::make_unique<boost::asio::io_context>(1));
        guards_.emplace_back(contexts_.back()->get_executor());
        contexts.push_back(contexts_.back().get());
    }
    server_ = std::make_unique<http_server>(
        contexts, std::move(options), http_server::hooks{std::move(handle), std::move(access)});
    const auto started = server_->start();
    INFO((started ? "" : started.error().detail));
    REQUIRE(started.has_value());
    for (auto* context : contexts) {
        threads_.emplace_back([context] { context->run(); });
    }
}

server_fixture::~server_fixture() { join(); }

void server_fixture::join() {
    server_->stop();
    guards_.clear();
    for (auto& thread : threads_) {
        thread.join();
    }
    threads_.clear();
}

raw_client::raw_client(unsigned short port, int receive_buffer)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer > 0) {
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    const timeval silence{patience.count(), 0};
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
            0);
}

void raw_client::send(std::string_view text) {
    while (!text.empty()) {
        const auto sent = ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return; // The server hung up; what it said before is what the test looks at.
        }
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void raw_client::half_close() { ::shutdown(socket_.get(), SHUT_WR); }

void raw_client::reset() {
    const linger now{1, 0};
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
}

bool raw_client::read_more() {
    std::array<char, 64 * 1024> bytes;
    const auto got = ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        throw std::runtime_error("the server stayed silent; so far: " + pending_.substr(0, 500));
    }
    if (got > 0) {
        pending_.append(bytes.data(), static_cast<std::size_t>(got));
    }
    return got > 0;
}

std::string raw_client::read_until(std::string_view mark) {
    auto at = pending_.find(mark);
    while (at == std::string::npos) {
        if (!read_more()) {
            throw std::runtime_error("the stream ended early; so far: " + pending_.substr(0, 500));
        }
        at = pending_.find(mark);
    }
    auto text = pending_.substr(0, at + mark.size());
    pending_.erase(0, text.size());
    return text;
}

std::string raw_client::read_response() {
    auto text = read_until("\r\n\r\n");
    const std::string name = "Content-Length: ";
    const auto at = text.find(name);
    const auto length = at == std::string::npos ? 0 : std::stoul(text.substr(at + name.size()));
    while (pending_.size() < length && read_more()) {
    }
    text.append(pending_, 0, length);
    pending_.erase(0, length);
    return text;
}

std::string raw_client::read_to_end() {
    while (read_more()) {
    }
    return std::exchange(pending_, {});
}

std::string get(std::string_view path) {
    return "GET " + std::string{path} + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

std::string post(std::string_view path, std::string_view body) {
    return "POST " + std::string{path} +
           " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string{body};
}

int status_of(std::string_view response) {
    return response.starts_with("HTTP/1.1 ") ? std::stoi(std::string{response.substr(9, 3)}) : 0;
}

} // namespace orch::net::test
