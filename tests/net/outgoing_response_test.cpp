#include "net/outgoing_response.hpp"

#include "net/owned_fd.hpp"
#include "tests/support/catch.hpp"

#include <array>
#include <string>

#include <sys/socket.h>

using namespace orch::net;

namespace {

std::string wire_form(response answer, outgoing_response::framing how = {}) {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    const owned_fd left{ends[0]};
    const owned_fd right{ends[1]};
    outgoing_response out;
    out.load(std::move(answer), how);
    REQUIRE(out.send(left.get()) == outgoing_response::progress::done);
    std::array<char, 4096> text{};
    const auto got = ::recv(right.get(), text.data(), text.size(), MSG_DONTWAIT);
    REQUIRE(got == static_cast<ssize_t>(out.bytes()));
    return {text.data(), static_cast<std::size_t>(got)};
}

} // namespace

TEST_CASE("response has a status line, a length and its own headers", "[net][response]") {
    CHECK(
        wire_form({200, "text/plain", "hello", {{"X-A", "b"}}}) ==
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello");
}

TEST_CASE("response to HEAD has all headers and no body", "[net][response]") {
    CHECK(wire_form({404, {}, "gone", {}}, {.head_only = true}) ==
          "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\n");
}

TEST_CASE("responses that cannot have a body announce none", "[net][response]") {
    CHECK(wire_form({204, {}, "ignored", {}}) == "HTTP/1.1 204 No Content\r\n\r\n");
    CHECK(wire_form({304, {}, {}, {}}) == "HTTP/1.1 304 Not Modified\r\n\r\n");
    CHECK(wire_form({202, {}, {}, {}}) == "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("response says how the connection goes on", "[net][response]") {
    CHECK(wire_form({204, {}, {}, {}}, {.keep_alive = false}) ==
          "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    CHECK(wire_form({204, {}, {}, {}}, {.http_1_0 = true}) ==
          "HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n");
}

TEST_CASE("a header value cannot smuggle in another header", "[net][response]") {
    CHECK(wire_form({204, {}, {}, {{"X-A", "b\r\nSet-Cookie: c"}, {"X\n", "d"}, {"X-B", "e"}}}) ==
          "HTTP/1.1 204 No Content\r\nX-B: e\r\n\r\n");
}
