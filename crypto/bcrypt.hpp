#pragma once

#include <string_view>

namespace orch::crypto {

// Passwords that another system hashed with bcrypt, as they come with a migration. Nothing here
// makes such hashes.

/// Whether it is a bcrypt hash (`$2a$`, `$2b$` or `$2y$`) of a cost that may be checked: 14 at
/// most, about two seconds.
[[nodiscard]] bool is_bcrypt_hash(std::string_view stored) noexcept;

/// Whether `text` is the password of `stored`. Works for as long as the hash costs. bcrypt looks at
/// the first 72 bytes only; a text with a NUL never matches.
[[nodiscard]] bool matches_bcrypt(std::string_view text, std::string_view stored);

} // namespace orch::crypto
