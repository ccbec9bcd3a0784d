#pragma once

#include "core/error.hpp"

#include <array>
#include <string>
#include <string_view>

namespace orch::crypto {

/// Opens what another system encrypted as Fernet tokens (version 0x80: AES-128-CBC with
/// HMAC-SHA256; github.com/fernet/spec), as they come with a migration. Nothing here makes such
/// tokens. Wiped when it goes.
class fernet_key {
public:
    /// 32 bytes in URL-safe base64. `invalid_argument` without the text in it.
    [[nodiscard]] static result<fernet_key> parse(std::string_view text);
    fernet_key(const fernet_key&) = default;
    fernet_key& operator=(const fernet_key&) = default;
    ~fernet_key();

    /// The text of a token, whatever its age. `invalid_argument` when it is no token,
    /// `unavailable` when it was made with another key, or altered.
    [[nodiscard]] result<std::string> open(std::string_view token) const;

    static constexpr std::size_t part_bytes = 16;

private:
    fernet_key() = default;

    std::array<unsigned char, part_bytes> signing_{};
    std::array<unsigned char, part_bytes> encryption_{};
};

} // namespace orch::crypto
