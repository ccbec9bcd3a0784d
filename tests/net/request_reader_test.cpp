#include "net/request_reader.hpp"

#include "tests/support/catch.hpp"

#include <string>

using orch::net::request_reader;
using progress = request_reader::progress;

namespace {

constexpr request_reader::limits small{1024, 100};

/// Status of the refusal; 0 when the text is one whole good request, -1 when more is wanted.
int verdict(std::string_view text, request_reader::limits bounds = small) {
    request_reader reader{bounds};
    static_cast<void>(reader.feed(text));
    switch (reader.state()) {
    case progress::refused: return reader.why_refused().status;
    case progress::complete: return 0;
    default: return -1;
    }
}

} // namespace

TEST_CASE("reader yields the parts of a request", "[net][request_reader]") {
    request_reader reader{small};
    const std::string text = "POST /a%20b/c?x=1&y=%26+z&flag HTTP/1.1\r\nHost: h:80\r\n"
                             "X-Long-Name: some value\r\nContent-Length: 4\r\n\r\nbody";
    CHECK(reader.feed(text + "GET") == text.size());
    REQUIRE(reader.state() == progress::complete);
    const auto& message = reader.message();
    CHECK(message.method == "POST");
    CHECK(message.path == "/a%20b/c");
    CHECK(message.query == orch::net::header_list{{"x", "1"}, {"y", "& z"}, {"flag", ""}});
    CHECK(message.header("x-long-name") == "some value");
    CHECK(message.header("absent").empty());
    CHECK(message.query_value("flag") == "");
    CHECK_FALSE(message.query_value("none"));
    CHECK(message.body == "body");
    CHECK(reader.keep_alive());
}

TEST_CASE("reader reads the same request byte by byte", "[net][request_reader]") {
    request_reader reader{small};
    const std::string text = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nhost: evil\r\n\r\n";
    std::string pending;
    for (const auto byte : text) {
        REQUIRE(reader.state() < progress::complete);
        pending.push_back(byte);
        pending.erase(0, reader.feed(pending));
    }
    REQUIRE(reader.state() == progress::complete);
    CHECK(reader.message().body == "abcde");
    CHECK(reader.message().header("host") == "h");
}

TEST_CASE("reader starts anew after reset", "[net][request_reader]") {
    request_reader reader{small};
    std::string text = "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n\r\nGET /2 HTTP/1.0\r\n\r\n";
    text.erase(0, reader.feed(text));
    CHECK(reader.message().path == "/1");
    reader.reset();
    text.erase(0, reader.feed(text));
    REQUIRE(reader.state() == progress::complete);
    CHECK(reader.message().path == "/2");
    CHECK(text.empty());
    CHECK(reader.is_http_1_0());
    CHECK_FALSE(reader.keep_alive());
}

TEST_CASE("reader judges requests", "[net][request_reader]") {
    const std::string host = "Host: h\r\n";
    struct row {
        std::string text;
        int status;
    };
    const auto table = std::initializer_list<row>{
        {"GET / HTTP/1.1\r\nHost: h\r\n\r\n", 0},
        {"GET http://h/x HTTP/1.1\r\nHost: h\r\n\r\n", 0},
        {"GET HTTP://h?x HTTP/1.1\r\nHost: H\r\n\r\n", 0},
        {"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 0},
        {"GET / HTTP/1.1\r\nHost: [::1]:8000\r\n\r\n", 0},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\n\r\nx", 0},
        {"GET / HTTP/1.1\r\n" + host, -1},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\nx", -1},
        // Host
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: h/x\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: h?x\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: h#x\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: u@h\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: h:8x\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
        {"GET http://other/ HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        // Target
        {"GET x HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"GET http:/// HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"GET /a% HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"GET /?a=%00 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"GET /?%f HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"GET /#x HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"GET /\xc3\xa4 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {std::string{"GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n", 29}, 400},
        // Line
        {"GET /\r\nHost: h\r\n\r\n", 400},
        {"GET / HTTP/2.0\r\nHost: h\r\n\r\n", 400},
        {"GET / HTTP/1.1 \r\nHost: h\r\n\r\n", 400},
        {"G@T / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
        {"\x16\x03\x01\x02", 400},
        {" GET / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        // Fields
        {"GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: h\r\n: empty\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: h\r\nExpect: tea\r\n\r\n", 417},
        // Framing
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 1x\r\n\r\nx", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host +
             "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"POST / HTTP/1.1\r\n" + host +
             "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n",
         400},
        {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
        {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: identity\r\n\r\n", 501},
        {"POST / HTTP/1.1\r\n" + host +
             "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400},
        // Limits
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 101\r\n\r\n", 413},
        {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n65\r\n", 413},
        {"GET / HTTP/1.1\r\n" + host + "X: " + std::string(1100, 'x') + "\r\n\r\n", 431},
        {"GET /" + std::string(2000, 'x'), 431},
    };
    for (const auto& [text, status] : table) {
        CAPTURE(text);
        CHECK(verdict(text) == status);
    }
}

TEST_CASE("reader sees that the client waits for permission to send", "[net][request_reader]") {
    request_reader reader{small};
    static_cast<void>(reader.feed("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\n"
                                  "Content-Length: 3\r\n\r\n"));
    CHECK(reader.state() == progress::body_wanted);
    CHECK(reader.expects_continue());
    CHECK(reader.body_bytes_left() == 3);
}
