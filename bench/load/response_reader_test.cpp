#include "tests/support/catch.hpp"

#include "bench/load/response_reader.hpp"

#include <stdexcept>
#include <string>

using orch::bench::header_value;
using orch::bench::response_reader;

namespace {

/// What a reader said, in one line per response.
struct transcript {
    std::string text;
    response_reader reader{
        {[this](int status, std::string_view) { text += std::to_string(status) + " "; },
         [this](std::string_view piece) { text += piece; },
         [this] {
             text += "|";
         }}};
};

constexpr std::string_view responses = "HTTP/1.1 202 Accepted\r\nContent-Length: 8\r\n\r\nAccepted"
                                       "HTTP/1.1 204 No Content\r\n\r\n"
                                       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                       "3\r\nabc\r\n0a\r\n0123456789\r\n0\r\n\r\n"
                                       "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi";

} // namespace

TEST_CASE("response reader finds the same responses however the bytes are cut",
          "[bench][response_reader]") {
    const auto size = GENERATE(1, 2, 3, 7, 50, 1000);
    transcript seen;
    for (auto rest = responses; !rest.empty();) {
        const auto piece = rest.substr(0, static_cast<std::size_t>(size));
        seen.reader.feed(piece);
        rest.remove_prefix(piece.size());
    }
    CHECK(seen.text == "202 Accepted|204 |200 abc0123456789|200 hi|");
}

TEST_CASE("response reader refuses what is not HTTP", "[bench][response_reader]") {
    transcript seen;
    CHECK_THROWS_AS(seen.reader.feed("SSH-2.0-whatever\r\n\r\n"), std::runtime_error);
}

TEST_CASE("header values are found by name in any case", "[bench][response_reader]") {
    const std::string_view head = "HTTP/1.1 200 OK\r\nX-One:1\r\nMcp-Session-Id: abc\r\n\r\n";
    CHECK(header_value(head, "mcp-session-id") == "abc");
    CHECK(header_value(head, "x-one") == "1");
    CHECK(header_value(head, "x-two").empty());
}

TEST_CASE("an event stream without a length lasts as long as its connection",
          "[bench][response_reader]") {
    transcript seen;
    seen.reader.feed("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: a\n\n");
    seen.reader.feed("data: b\n\n");
    CHECK(seen.text == "200 data: a\n\ndata: b\n\n");
    seen.reader.start_over();
    seen.reader.feed("HTTP/1.1 204 No Content\r\n\r\n");
    CHECK(seen.text == "200 data: a\n\ndata: b\n\n204 |");
}
