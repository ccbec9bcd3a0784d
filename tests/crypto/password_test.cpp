#include "crypto/password.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/password_cost.hpp"

#include <chrono>
#include <ctime>
#include <string>

namespace crypto = orch::crypto;
using crypto::password_verdict;
using orch::test::least_cost;

namespace {

const std::string good = "correct horse battery staple";

bool matches(std::string_view text, std::string_view stored) {
    return crypto::verify_password(text, stored) == password_verdict::match;
}

template <class Work>
double cpu_seconds(Work work) {
    const auto before = std::clock();
    work();
    return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

/// All of a hash but salt and sum.
std::string front_of(const std::string& hash) {
    return hash.substr(0, hash.rfind('$', hash.rfind('$') - 1));
}

} // namespace

TEST_CASE("a password matches its own hash and nothing else does", "[crypto][password]") {
    const auto stored = *crypto::hash_password(good, least_cost);
    CHECK(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    CHECK(matches(good, stored));
    CHECK_FALSE(matches(good + " ", stored));
    CHECK_FALSE(matches(good.substr(1), stored));
    CHECK_FALSE(matches("Correct horse battery staple", stored));
    CHECK(*crypto::hash_password(good, least_cost) != stored);
}

TEST_CASE("all bytes of a password count, in any script", "[crypto][password]") {
    const std::string key = "\xF0\x9F\x94\x91";
    for (const auto& text : {std::string("12345678"), key + key, std::string("with\0nul", 8),
                             std::string(1'024, 'l')}) {
        const auto stored = *crypto::hash_password(text, least_cost);
        CHECK(matches(text, stored));
        auto other = text;
        other.back() = static_cast<char>(other.back() ^ 1);
        CHECK_FALSE(matches(other, stored));
    }
}

TEST_CASE("what no password may be is refused before any work", "[crypto][password]") {
    const crypto::password_cost impossible{.passes = 1, .memory_bytes = std::size_t{1} << 50U};
    for (const auto& text : {std::string(), std::string(7, 'x'), std::string(1'025, 'x'),
                             std::string(10 * orch::mib, 'x'), std::string("not utf8\xFF")}) {
        const auto refused = crypto::hash_password(text, impossible);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == orch::errc::invalid_argument);
    }
    // The control: a good text gets as far as the work.
    CHECK(crypto::hash_password(good, impossible).error().code == orch::errc::unavailable);
}

TEST_CASE("checking a text that is too long costs nothing", "[crypto][password]") {
    const crypto::password_cost costly{.passes = 1, .memory_bytes = 32 * orch::mib};
    const auto decoy = crypto::decoy_hash(costly);
    bool matched = false;
    const auto work = cpu_seconds([&] { matched = matches(std::string(1'024, 'x'), decoy); });
    const auto none = cpu_seconds([&] { matched = matches(std::string(1'025, 'x'), decoy); });
    CHECK_FALSE(matched);
    CHECK(none < work / 4);
}

TEST_CASE("what is no hash matches nothing", "[crypto][password]") {
    const auto stored = *crypto::hash_password(good, least_cost);
    REQUIRE(matches(good, stored));
    CHECK_FALSE(matches(good, stored + "x"));
    for (const auto& bad :
         {std::string(), good, std::string("$argon2id$"), stored.substr(0, stored.size() - 2),
          stored + "!", stored + '\0', stored.substr(0, 40), std::string(127, '$'),
          std::string(100'000, 'A'), stored + std::string(128 - stored.size(), 'A')}) {
        CAPTURE(bad.size());
        CHECK_FALSE(matches(good, bad));
        CHECK(crypto::needs_rehash(bad, least_cost));
    }
}

TEST_CASE("a hash of another cost needs a new one", "[crypto][password]") {
    const auto stored = *crypto::hash_password(good, least_cost);
    CHECK_FALSE(crypto::needs_rehash(stored, least_cost));
    CHECK(crypto::needs_rehash(stored, {.passes = 2, .memory_bytes = 8 * orch::kib}));
    CHECK(crypto::needs_rehash(stored, {.passes = 1, .memory_bytes = 16 * orch::kib}));
    CHECK(crypto::needs_rehash(stored, {}));
}

TEST_CASE("the decoy is a hash of the given cost that nothing matches", "[crypto][password]") {
    CHECK(crypto::decoy_hash({}).starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
    for (const auto& cost :
         {least_cost, crypto::password_cost{.passes = 2, .memory_bytes = 64 * orch::kib}}) {
        const auto stored = *crypto::hash_password(good, cost);
        const auto decoy = crypto::decoy_hash(cost);
        CHECK(front_of(decoy) == front_of(stored));
        CHECK(decoy.size() == stored.size());
        CHECK_FALSE(crypto::needs_rehash(decoy, cost));
        CHECK_FALSE(matches(good, decoy));
        CHECK_FALSE(matches(std::string(32, '\0'), decoy));
    }
}

TEST_CASE("a check of the decoy takes as much work as one of a real hash", "[crypto][password]") {
    const crypto::password_cost cost{.passes = 1, .memory_bytes = 32 * orch::mib};
    const auto stored = *crypto::hash_password(good, cost);
    const auto decoy = crypto::decoy_hash(cost);
    bool matched = false;
    const auto real = cpu_seconds([&] { matched = matches("not the password", stored); });
    const auto spent = cpu_seconds([&] { matched |= matches("not the password", decoy); });
    CHECK_FALSE(matched);
    // Far off in both directions: the machine is shared.
    CHECK(spent > real / 3);
    CHECK(spent < real * 3);
}
