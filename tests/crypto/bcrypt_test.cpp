#include "crypto/bcrypt.hpp"
#include "crypto/password.hpp"

#include "tests/support/catch.hpp"

#include <string>

using namespace orch::crypto;

namespace {

struct known_hash {
    const char* text;
    const char* hash;
};

constexpr known_hash known[] = {
    // The first vector of crypt_blowfish.
    {"U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"},
    {"U*U", "$2b$04$abcdefghijklmnopqrstuuCFaEytnzrfaPZJKbS76hh9vqd9r8v2S"},
    {"a quiet harbour at dusk", "$2b$04$abcdefghijklmnopqrstuupTFg8QlJCEYuJ/lauzBeSt/lhscQDq."},
};

} // namespace

TEST_CASE("known bcrypt hashes match their texts and no others", "[crypto][password]") {
    for (const auto& [text, hash] : known) {
        CAPTURE(text, hash);
        CHECK(is_bcrypt_hash(hash));
        CHECK(matches_bcrypt(text, hash));
        CHECK_FALSE(matches_bcrypt(std::string(text) + "x", hash));
        CHECK_FALSE(matches_bcrypt("", hash));
        CHECK_FALSE(matches_bcrypt(std::string(text) + std::string(1, '\0'), hash));
    }
}

TEST_CASE("bcrypt looks at 72 bytes", "[crypto][password]") {
    constexpr auto hash = "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i";
    CHECK(matches_bcrypt(std::string(72, 'x'), hash));
    CHECK(matches_bcrypt(std::string(80, 'x'), hash));
    CHECK_FALSE(matches_bcrypt(std::string(71, 'x'), hash));
}

TEST_CASE("what is no bcrypt hash, or costs too much, is not checked", "[crypto][password]") {
    const std::string good = known[0].hash;
    for (const auto& text :
         {std::string(), good.substr(1), good + ".", "$2x$" + good.substr(4),
          "$1$" + good.substr(3), good.substr(0, 4) + "15" + good.substr(6),
          good.substr(0, 4) + "ab" + good.substr(6), good.substr(0, 6) + "-" + good.substr(7)}) {
        CAPTURE(text);
        CHECK_FALSE(is_bcrypt_hash(text));
        CHECK_FALSE(matches_bcrypt("U*U", text));
    }
}

TEST_CASE("a password is verified by a bcrypt hash, which wants to be replaced",
          "[crypto][password]") {
    const auto& [text, hash] = known[2];
    CHECK(verify_password(text, hash) == password_verdict::match);
    CHECK(verify_password("a quiet harbour at dawn", hash) == password_verdict::mismatch);
    CHECK(needs_rehash(hash, {}));
}
