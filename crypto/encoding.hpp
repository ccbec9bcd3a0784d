#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orch::crypto {

/// Lower case, two digits per byte. Constant time in the bytes.
[[nodiscard]] std::string to_hex(std::string_view bytes);
/// Either case; nothing for anything but pairs of hex digits.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);

/// URL-safe alphabet without padding (RFC 4648 section 5).
[[nodiscard]] std::string to_base64url(std::string_view bytes);
/// Nothing for padding, other characters, or bits that no encoder would set.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

} // namespace orch::crypto
