#include "crypto/api_key.hpp"

#include "crypto/digest.hpp"
#include "crypto/random.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstdint>

namespace orch::crypto {

namespace {

constexpr std::string_view front = "mch_";
/// 62^43 is just over 2^256.
constexpr std::size_t random_characters = 43;
constexpr std::size_t sum_characters = 5;
constexpr std::size_t prefix_characters = 8;
constexpr std::size_t suffix_characters = 4;
constexpr std::string_view digits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

bool is_alphanumeric(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// What a scanner for leaked secrets, or a form, tells a slip of the pen by.
std::string check_sum(std::string_view text) {
    const auto hash = sha256(text);
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) {
        number = number << 8 | static_cast<unsigned char>(hash[i]);
    }
    std::string sum;
    for (std::size_t i = 0; i < sum_characters; ++i, number /= digits.size()) {
        sum += digits[number % digits.size()];
    }
    return sum;
}

} // namespace

minted_key mint_key() {
    minted_key key;
    key.text = std::string(front) + random_token(random_characters);
    key.text += check_sum(key.text);
    key.prefix = key.text.substr(0, prefix_characters);
    key.suffix = key.text.substr(key.text.size() - suffix_characters);
    key.sha256 = sha256(key.text);
    return key;
}

bool looks_like_key(std::string_view text) noexcept {
    constexpr auto summed = front.size() + random_characters;
    return text.size() == summed + sum_characters && text.starts_with(front) &&
           std::ranges::all_of(text.substr(front.size()), is_alphanumeric) &&
           text.substr(summed) == check_sum(text.substr(0, summed));
}

bool constant_time_equal(std::string_view left, std::string_view right) noexcept {
    return left.size() == right.size() &&
           ::sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace orch::crypto
