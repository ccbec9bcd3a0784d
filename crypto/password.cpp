#include "crypto/password.hpp"

#include "core/utf8.hpp"
#include "crypto/bcrypt.hpp"
#include "crypto/sodium.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include <sodium.h>

namespace orch::crypto {

namespace {

using stored_buffer = std::array<char, crypto_pwhash_STRBYTES>;

bool may_be_password(std::string_view text) noexcept {
    return text.size() >= password_bytes_min && text.size() <= password_bytes_max && is_utf8(text);
}

/// `stored` with the NUL and the room that libsodium expects; nothing when it is no hash.
std::optional<stored_buffer> terminated(std::string_view stored) noexcept {
    if (stored.size() >= crypto_pwhash_STRBYTES || stored.find('\0') != std::string_view::npos) {
        return std::nullopt;
    }
    stored_buffer buffer{};
    std::ranges::copy(stored, buffer.begin());
    return buffer;
}

} // namespace

result<std::string> hash_password(std::string_view text, const password_cost& cost) {
    if (!may_be_password(text)) {
        return error{errc::invalid_argument, fmt::format("a password has {} to {} bytes of UTF-8",
                                                         password_bytes_min, password_bytes_max)};
    }
    require_sodium();
    stored_buffer hash{};
    if (::crypto_pwhash_str_alg(hash.data(), text.data(), text.size(), cost.passes,
                                cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return error{errc::unavailable,
                     fmt::format("no password can be hashed with {} passes over {} bytes",
                                 cost.passes, cost.memory_bytes)};
    }
    return std::string(hash.data());
}

password_verdict verify_password(std::string_view text, std::string_view stored) {
    if (is_bcrypt_hash(stored)) {
        return matches_bcrypt(text, stored) ? password_verdict::match : password_verdict::mismatch;
    }
    const auto hash = terminated(stored);
    if (!may_be_password(text) || !hash) {
        return password_verdict::mismatch;
    }
    require_sodium();
    return ::crypto_pwhash_str_verify(hash->data(), text.data(), text.size()) == 0
               ? password_verdict::match
               : password_verdict::mismatch;
}

bool needs_rehash(std::string_view stored, const password_cost& cost) {
    const auto hash = terminated(stored);
    return !hash || !stored.starts_with(crypto_pwhash_argon2id_STRPREFIX) ||
           ::crypto_pwhash_str_needs_rehash(hash->data(), cost.passes, cost.memory_bytes) != 0;
}

std::string decoy_hash(const password_cost& cost) {
    // 16 and 32 zero bytes. To find a text with that hash is as hard as to invert argon2id.
    return fmt::format("{}v=19$m={},t={},p=1${}${}", crypto_pwhash_argon2id_STRPREFIX,
                       cost.memory_bytes / kib, cost.passes, std::string(22, 'A'),
                       std::string(43, 'A'));
}

} // namespace orch::crypto
