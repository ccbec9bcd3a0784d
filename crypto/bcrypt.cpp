#include "crypto/bcrypt.hpp"

#include "crypto/api_key.hpp"

#include <crypt.h>
#include <sodium.h>

#include <algorithm>
#include <memory>
#include <string>

namespace orch::crypto {

namespace {

constexpr std::size_t hash_bytes = 60;
constexpr int cost_max = 14;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Holds what was derived from a password.
struct wiped_crypt_data {
    crypt_data data{};
    ~wiped_crypt_data() { ::sodium_memzero(&data, sizeof data); }
};

} // namespace

bool is_bcrypt_hash(std::string_view stored) noexcept {
    const bool labelled = stored.starts_with("$2a$") || stored.starts_with("$2b$") ||
                          stored.starts_with("$2y$");
    if (stored.size() != hash_bytes || !labelled || !is_digit(stored[4]) || !is_digit(stored[5]) ||
        stored[6] != '$') {
        return false;
    }
    return (stored[4] - '0') * 10 + (stored[5] - '0') <= cost_max;
}

bool matches_bcrypt(std::string_view text, std::string_view stored) {
    if (!is_bcrypt_hash(stored) || text.find('\0') != std::string_view::npos) {
        return false;
    }
    std::string phrase(text);
    const std::string setting(stored);
    const auto room = std::make_unique<wiped_crypt_data>();
    const char* made = ::crypt_rn(phrase.c_str(), setting.c_str(), &room->data, sizeof room->data);
    ::sodium_memzero(phrase.data(), phrase.size());
    return made != nullptr && constant_time_equal(made, stored);
}

} // namespace orch::crypto
