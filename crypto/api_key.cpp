#include "crypto/api_key.hpp"

#include "crypto/digest.hpp"
#include "crypto/random.hpp"

#include <sodium.h>

#include <algorithm>

namespace orch::crypto {

namespace {

constexpr std::string_view front = "mch_";
constexpr std::size_t random_characters = 48;
constexpr std::size_t prefix_characters = 8;

bool is_alphanumeric(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

} // namespace

minted_key mint_key() {
    minted_key key;
    key.text = std::string(front) + random_token(random_characters);
    key.prefix = key.text.substr(0, prefix_characters);
    key.sha256 = sha256(key.text);
    return key;
}

bool looks_like_key(std::string_view text) noexcept {
    return text.size() == front.size() + random_characters && text.starts_with(front) &&
           std::ranges::all_of(text.substr(front.size()), is_alphanumeric);
}

bool constant_time_equal(std::string_view left, std::string_view right) noexcept {
    return left.size() == right.size() &&
           ::sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace orch::crypto
