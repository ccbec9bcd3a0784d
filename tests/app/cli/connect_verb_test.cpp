#include "app/cli/connect_verb.hpp"

#include "tests/support/catch.hpp"

using namespace orch::app::cli;

TEST_CASE("the address of an orchestrator elsewhere is a host and a port", "[app][connect]") {
    const auto [url, host, port] = GENERATE(table<const char*, const char*, const char*>(
        {{"http://127.0.0.1:8000", "127.0.0.1", "8000"},
         {"http://orch.example", "orch.example", "80"},
         {"http://orch.example:81/", "orch.example", "81"},
         {"http://[::1]:8000", "::1", "8000"},
         {"http://[::1]", "::1", "80"}}));
    CAPTURE(url);
    const auto peer = peer_of(url);
    REQUIRE(peer.has_value());
    CHECK(peer->unix_socket.empty());
    CHECK(peer->host == host);
    CHECK(peer->port == port);
}

TEST_CASE("an address that cannot be used is refused by what is wrong", "[app][connect]") {
    const auto* const url = GENERATE("https://orch.example", "orch.example:8000", "", "http://",
                                     "http://orch.example/mcp", "ftp://orch.example");
    CAPTURE(url);
    const auto peer = peer_of(url);
    REQUIRE(peer.has_error());
    CHECK_THAT(peer.error().detail, Catch::StartsWith("--url: "));
}

TEST_CASE("the path of an endpoint names project and server", "[app][connect]") {
    CHECK(endpoint_path("shop", "memory") == "/projects/shop/servers/memory");
    CHECK(endpoint_path("shop", "") == "/projects/shop/unified");
    CHECK(endpoint_path("a/b", "c d") == "/projects/a%2Fb/servers/c%20d");
}
