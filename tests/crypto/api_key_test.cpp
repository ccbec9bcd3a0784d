#include "crypto/api_key.hpp"
#include "crypto/digest.hpp"
#include "tests/support/catch.hpp"

#include <string>
#include <unordered_set>

namespace crypto = orch::crypto;

TEST_CASE("a minted key has its shape, its prefix and its hash", "[crypto][api_key]") {
    const auto key = crypto::mint_key();
    CHECK(key.text.size() == 52);
    CHECK(key.text.starts_with("mch_"));
    CHECK(key.prefix == key.text.substr(0, 8));
    CHECK(key.suffix == key.text.substr(48));
    CHECK(key.sha256 == crypto::sha256(key.text));
    CHECK(crypto::looks_like_key(key.text));
}

TEST_CASE("what is not a key does not look like one", "[crypto][api_key]") {
    const std::string good = crypto::mint_key().text;
    REQUIRE(crypto::looks_like_key(good));
    CHECK_FALSE(crypto::looks_like_key(""));
    CHECK_FALSE(crypto::looks_like_key("mch_"));
    CHECK_FALSE(crypto::looks_like_key(good + "x"));
    CHECK_FALSE(crypto::looks_like_key(good.substr(0, 51)));
    CHECK_FALSE(crypto::looks_like_key("MCH_" + std::string(48, 'x')));
    for (const char c : {'-', '_', ' ', '\0', '\xc3', '@', '[', '`', '{', '/', ':'}) {
        std::string bad = good;
        bad[20] = c;
        CHECK_FALSE(crypto::looks_like_key(bad));
    }
}

TEST_CASE("a hundred thousand minted keys are all different", "[crypto][api_key]") {
    constexpr std::size_t count = 100'000;
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < count; ++i) {
        seen.insert(crypto::mint_key().text);
    }
    CHECK(seen.size() == count);
}

TEST_CASE("constant time comparison agrees with plain comparison", "[crypto][api_key]") {
    CHECK(crypto::constant_time_equal("", ""));
    CHECK(crypto::constant_time_equal("same", "same"));
    CHECK_FALSE(crypto::constant_time_equal("same", "samf"));
    CHECK_FALSE(crypto::constant_time_equal("same", "tame"));
    CHECK_FALSE(crypto::constant_time_equal("same", "sam"));
    CHECK_FALSE(crypto::constant_time_equal("", "x"));
}

TEST_CASE("one wrong character shows in the check sum", "[crypto][api_key]") {
    const auto key = crypto::mint_key().text;
    for (std::size_t i = 4; i < key.size(); ++i) {
        auto slip = key;
        slip[i] = slip[i] == 'a' ? 'b' : 'a';
        CAPTURE(key, i);
        CHECK_FALSE(crypto::looks_like_key(slip));
    }
}
