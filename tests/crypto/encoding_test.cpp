#include "crypto/digest.hpp"
#include "crypto/encoding.hpp"
#include "crypto/random.hpp"
#include "tests/support/catch.hpp"

#include <array>
#include <set>
#include <string>

namespace crypto = orch::crypto;

TEST_CASE("sha256 gives the published answers", "[crypto][digest]") {
    // FIPS 180-2, appendix B.
    CHECK(crypto::to_hex(crypto::sha256("")) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(crypto::to_hex(crypto::sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(crypto::to_hex(
              crypto::sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(crypto::to_hex(crypto::sha256(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("hex and base64url give back every byte at every length", "[crypto][encoding]") {
    std::string bytes;
    for (int i = 0; i < 300; ++i) {
        CAPTURE(i);
        REQUIRE(crypto::from_hex(crypto::to_hex(bytes)) == bytes);
        REQUIRE(crypto::from_base64url(crypto::to_base64url(bytes)) == bytes);
        bytes += static_cast<char>(i * 7);
    }
    CHECK(crypto::to_base64url("\xfb\xff\xfe") == "-__-");
    CHECK(crypto::from_hex("AbCd") == "\xab\xcd");
}

TEST_CASE("hex and base64url refuse what no encoder writes", "[crypto][encoding]") {
    for (const auto* const text : {"a", "abc", "0g", "00 ", "0x", "aa:bb"}) {
        CAPTURE(text);
        CHECK_FALSE(crypto::from_hex(text));
    }
    for (const auto* const text : {"A", "AA==", "AB", "A+", "A/", "AA A", "AAA="}) {
        CAPTURE(text);
        CHECK_FALSE(crypto::from_base64url(text));
    }
}

TEST_CASE("random bytes have the size asked for and differ", "[crypto][random]") {
    CHECK(crypto::random_bytes(0).empty());
    CHECK(crypto::random_bytes(33).size() == 33);
    CHECK(crypto::random_bytes(32) != crypto::random_bytes(32));
}

TEST_CASE("a random token uses each character equally often", "[crypto][random]") {
    constexpr std::size_t draws = 620'000;
    const std::string token = crypto::random_token(draws);
    REQUIRE(token.size() == draws);
    std::array<std::size_t, 256> count{};
    for (const char c : token) {
        ++count[static_cast<unsigned char>(c)];
    }
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    double chi_square = 0;
    std::size_t inside = 0;
    for (const char c : alphabet) {
        const double difference = static_cast<double>(count[static_cast<unsigned char>(c)]) - 1e4;
        chi_square += difference * difference / 1e4;
        inside += count[static_cast<unsigned char>(c)];
    }
    CHECK(inside == draws);
    // 61 degrees of freedom: 150 is passed by chance once in 10^9 runs, and the bias of a plain
    // remainder of 256 would give about 17,000.
    CHECK(chi_square < 150);
}
