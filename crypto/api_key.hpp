#pragma once

#include <string>
#include <string_view>

namespace orch::crypto {

/// A fresh key: `text` is shown once and kept nowhere, the other two are stored.
struct minted_key {
    std::string text;
    /// The first 8 characters, for lists that people read.
    std::string prefix;
    /// The last 4, for the same purpose.
    std::string suffix;
    /// 32 raw bytes of the whole text. With 256 random bits a plain hash needs no salt.
    std::string sha256;
};

/// `mch_`, 43 random characters of [A-Za-z0-9], and 5 more that are a check sum of all before.
[[nodiscard]] minted_key mint_key();
/// Whether `text` has the shape and the check sum of a key minted here; says nothing about whether
/// it is one.
[[nodiscard]] bool looks_like_key(std::string_view text) noexcept;
/// Takes as long for the first differing byte as for the last. Lengths are no secret.
[[nodiscard]] bool constant_time_equal(std::string_view left, std::string_view right) noexcept;

} // namespace orch::crypto
