#include "crypto/secret_text.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <utility>

namespace crypto = orch::crypto;

namespace {

/// Short enough to stand inside of the string object.
constexpr std::string_view secret = "hunter2hunter2";

template <class Bytes>
bool holds(const Bytes& bytes, std::string_view wanted) {
    const auto text = std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return text.find(wanted) != std::string_view::npos;
}

} // namespace

TEST_CASE("a wiped text leaves nothing where it stood", "[crypto][secret_text]") {
    std::string text = std::string(100, 'x') + std::string(secret);
    // A shorter text does not cover the end of the longer one before it.
    text.resize(3);
    const std::string_view room(text.data(), text.capacity());
    REQUIRE(room.size() > 100);
    REQUIRE(room.find(secret.substr(1)) != std::string_view::npos);
    crypto::wipe(text);
    CHECK(text.empty());
    CHECK(std::ranges::all_of(room, [](char c) { return c == '\0'; }));
}

TEST_CASE("a secret text takes its source along", "[crypto][secret_text]") {
    std::string source(secret);
    const std::string_view room(source.data(), source.size());
    const crypto::secret_text text(std::move(source));
    CHECK(text.view() == secret);
    CHECK(room.find(secret.substr(0, 4)) == std::string_view::npos);
}

TEST_CASE("a secret text is gone when nobody holds it", "[crypto][secret_text]") {
    alignas(crypto::secret_text) std::array<std::byte, sizeof(crypto::secret_text)> place{};
    auto* text = std::construct_at(reinterpret_cast<crypto::secret_text*>(place.data()),
                                   std::string(secret));
    REQUIRE(holds(place, secret));
    std::destroy_at(text);
    CHECK_FALSE(holds(place, secret.substr(0, 4)));
    CHECK_FALSE(holds(place, secret.substr(secret.size() - 4)));
}
