#include "tests/support/catch.hpp"

#include "bench/load/endpoint.hpp"

#include <stdexcept>

using orch::bench::parse_url;
using orch::bench::resolve_path;

TEST_CASE("load goes to the address, port and path of a URL", "[bench][endpoint]") {
    const auto where = parse_url("http://127.0.0.1:8000/projects/default/sse?a=b");
    CHECK(where.to.address == 0x7f000001);
    CHECK(where.to.port == 8000);
    CHECK(where.to.authority == "127.0.0.1:8000");
    CHECK(where.path == "/projects/default/sse?a=b");
    CHECK(parse_url("http://localhost:1/mcp").to.authority == "localhost:1");
    CHECK(parse_url("http://127.0.0.9:1/mcp").to.address == 0x7f000009);
    CHECK(parse_url("http://127.0.0.1:65535").path == "/");
    CHECK(parse_url("http://127.0.0.1:1?x#y").path == "/?x");
}

TEST_CASE("load does not leave this machine", "[bench][endpoint]") {
    const auto* const url = GENERATE(
        "https://127.0.0.1:1/", "http://10.0.0.1:80/", "http://example.com:80/", "127.0.0.1:80/",
        "http://127.0.0.1/", "http://127.0.0.1:0/", "http://127.0.0.1:65536/",
        "http://127.0.0.1:80x/", "http://127.0.0.1@10.0.0.1:80/", "http://:80/", "",
        "http://127.0.0.1:80/a b", "http://127.0.0.1:80/a\r\nX-Header: b");
    CAPTURE(url);
    CHECK_THROWS_AS(parse_url(url), std::runtime_error);
}

TEST_CASE("messages go where the stream says, on its own port", "[bench][endpoint]") {
    const auto stream = parse_url("http://127.0.0.1:8000/a/sse?key=1");
    CHECK(resolve_path(stream, "/messages?id=1") == "/messages?id=1");
    CHECK(resolve_path(stream, "messages?id=1") == "/a/messages?id=1");
    CHECK(resolve_path(stream, "?id=1") == "/a/sse?id=1");
    CHECK(resolve_path(stream, "http://localhost:8000/m") == "/m");
    CHECK_THROWS_AS(resolve_path(stream, "http://127.0.0.1:8001/m"), std::runtime_error);
    CHECK_THROWS_AS(resolve_path(stream, "http://10.0.0.1:8000/m"), std::runtime_error);
}
