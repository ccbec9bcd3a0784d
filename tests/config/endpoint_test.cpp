#include "config/endpoint.hpp"

#include "tests/support/catch.hpp"

using namespace orch::config;

TEST_CASE("listen addresses are read and printed alike", "[config][endpoint]") {
    const auto* text = GENERATE("127.0.0.1:8000", "0.0.0.0:0", "[::1]:8000", "[::]:65535");
    CAPTURE(text);
    const auto parsed = parse_endpoint(text);
    REQUIRE(parsed.has_value());
    CHECK(print_endpoint(*parsed) == text);
}

TEST_CASE("an IPv6 address loses its brackets", "[config][endpoint]") {
    const auto parsed = parse_endpoint("[2001:db8::1]:443").value();
    CHECK(parsed.address == "2001:db8::1");
    CHECK(parsed.port == 443);
}

TEST_CASE("localhost is the IPv4 loopback", "[config][endpoint]") {
    CHECK(parse_endpoint("localhost:80").value().address == "127.0.0.1");
}

TEST_CASE("listen addresses that are not numeric or incomplete are refused", "[config][endpoint]") {
    const auto* wrong = GENERATE(
        "", ":", "8000", ":8000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1: 80", "::1:8000", "[::1]", "[::1]8000", "[127.0.0.1]:80", "example.org:80",
        "127.1:80", "[fe80::1%eth0]:80", "http://127.0.0.1:80");
    CAPTURE(wrong);
    REQUIRE(parse_endpoint(wrong).has_error());
    CHECK_THAT(parse_endpoint(wrong).error().detail, Catch::Contains("[::1]:8000"));
}

TEST_CASE("loopback is what only this machine reaches", "[config][endpoint]") {
    for (const auto* inside : {"127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1"}) {
        CAPTURE(inside);
        CHECK(is_loopback(inside));
    }
    for (const auto* outside : {"0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "::2", "::ffff:10.0.0.1",
                                "::7f00:1", "localhost", ""}) {
        CAPTURE(outside);
        CHECK_FALSE(is_loopback(outside));
    }
}
