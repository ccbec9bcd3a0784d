#include "crypto/fernet.hpp"

#include "tests/support/catch.hpp"

#include <string>

using orch::errc;
using orch::crypto::fernet_key;

namespace {

// The verification vector of github.com/fernet/spec.
constexpr auto spec_key = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
constexpr auto spec_token =
    "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7J"
    "cbmrR64jVmpU4IwqDA==";

} // namespace

TEST_CASE("the token of the specification opens", "[crypto][fernet]") {
    const auto key = fernet_key::parse(spec_key);
    REQUIRE(key.has_value());
    CHECK(key->open(spec_token).value() == "hello");
}

TEST_CASE("another key opens nothing", "[crypto][fernet]") {
    const auto other = fernet_key::parse(std::string(43, 'A') + "=");
    REQUIRE(other.has_value());
    CHECK(other->open(spec_token).error().code == errc::unavailable);
}

TEST_CASE("an altered token does not open, whichever character it is", "[crypto][fernet]") {
    const auto key = fernet_key::parse(spec_key).value();
    const std::string good = spec_token;
    for (std::size_t i = 0; i + 2 < good.size(); ++i) {
        CAPTURE(i);
        auto bad = good;
        bad[i] = bad[i] == 'B' ? 'C' : 'B';
        CHECK_FALSE(key.open(bad).has_value());
    }
}

TEST_CASE("what is no token is told apart from a wrong key", "[crypto][fernet]") {
    const auto key = fernet_key::parse(spec_key).value();
    const std::string good = spec_token;
    for (const auto& text : {std::string(), std::string("plain text"), good.substr(0, 40),
                             "hAAA" + good.substr(4), std::string(100, '=')}) {
        CAPTURE(text);
        CHECK(key.open(text).error().code == errc::invalid_argument);
    }
}

TEST_CASE("a key that is none is refused without being shown", "[crypto][fernet]") {
    for (const std::string text : {"", "secret", "cw_0x689RpI-jtRR7oE8h_eQsKImvJap",
                                   "cw+0x689RpI/jtRR7oE8h+eQsKImvJapLeSbXpwF4e4="}) {
        const auto key = fernet_key::parse(text);
        REQUIRE_FALSE(key.has_value());
        CHECK(key.error().code == errc::invalid_argument);
        CHECK((text.empty() || key.error().detail.find(text) == std::string::npos));
    }
}
