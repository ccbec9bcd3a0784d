#pragma once

#include "core/byte_sizes.hpp"
#include "core/error.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace orch::crypto {

inline constexpr std::size_t password_bytes_min = 8;
inline constexpr std::size_t password_bytes_max = 1'024;

/// What one hash costs; argon2id with one lane (RFC 9106).
struct password_cost {
    std::uint32_t passes = 3;
    /// At least 8 KiB, in whole KiB.
    std::size_t memory_bytes = 64 * mib;
};

enum class password_verdict { match, mismatch };

// These work for a long time on purpose (about 0.3 s at the default cost): never on an I/O thread.

/// A fresh salt and the hash, as `$argon2id$v=19$m=65536,t=3,p=1$<salt>$<hash>`.
/// `invalid_argument` for a text that no password may be (length, UTF-8), before any work;
/// `unavailable` when there is no memory for the cost.
[[nodiscard]] result<std::string> hash_password(std::string_view text, const password_cost& cost);

/// Costs what `stored` says, which may be a bcrypt hash of another system. A text that no password
/// may be, and a `stored` that is no hash, are a mismatch without any work.
[[nodiscard]] password_verdict verify_password(std::string_view text, std::string_view stored);

/// Whether `stored` has another cost than `cost`, or is no hash.
[[nodiscard]] bool needs_rehash(std::string_view stored, const password_cost& cost);

/// A hash of that cost that no known text has. A login for an unknown account is checked against
/// it, so that it takes as long as one for a known account.
[[nodiscard]] std::string decoy_hash(const password_cost& cost);

} // namespace orch::crypto
