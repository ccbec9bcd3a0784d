#include "net/percent_encoding.hpp"

#include "tests/support/catch.hpp"

using namespace orch::net;

TEST_CASE("unreserved characters stand for themselves", "[net][percent_encoding]") {
    const std::string_view plain = "AZaz09-_.~";
    CHECK(percent_encode(plain) == plain);
    CHECK(percent_encode("").empty());
}

TEST_CASE("all other bytes are escaped", "[net][percent_encoding]") {
    CHECK(percent_encode("a b") == "a%20b");
    CHECK(percent_encode("/?#[]@:&=+%") == "%2F%3F%23%5B%5D%40%3A%26%3D%2B%25");
    CHECK(percent_encode("\xC3\xBC\x7F") == "%C3%BC%7F");
    CHECK(percent_encode(std::string_view("\0", 1)) == "%00");
}

TEST_CASE("what was encoded is decoded to the same", "[net][percent_encoding]") {
    std::string bytes;
    for (int byte = 1; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
    }
    const auto encoded = percent_encode(bytes);
    CHECK(is_percent_encoded(encoded));
    CHECK(percent_decode(encoded, plus_sign::literal) == bytes);
    CHECK(percent_decode(encoded, plus_sign::space) == bytes);
}

TEST_CASE("escapes are read in any case, a plus only where it is a space",
          "[net][percent_encoding]") {
    CHECK(percent_decode("%c3%Bc", plus_sign::literal) == "\xC3\xBC");
    CHECK(percent_decode("a+b", plus_sign::literal) == "a+b");
    CHECK(percent_decode("a+b", plus_sign::space) == "a b");
}

TEST_CASE("broken escapes and NUL are not decoded", "[net][percent_encoding]") {
    for (const auto* text : {"%", "a%4", "%4", "%g0", "%0g", "%00", "a%00b", "%-1"}) {
        CAPTURE(text);
        CHECK_FALSE(percent_decode(text, plus_sign::literal));
        CHECK_FALSE(is_percent_encoded(text));
    }
}
