#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orch::net {

enum class plus_sign { literal, space };

/// Decodes `%XX`. Nothing when an escape is cut short, is not hexadecimal or stands for NUL.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, plus_sign plus);

/// `text` as it may stand in one segment of a path or in a query: all but the unreserved characters
/// of RFC 3986 as `%XX`.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// Whether `percent_decode` would succeed; allocates nothing.
[[nodiscard]] bool is_percent_encoded(std::string_view text) noexcept;

} // namespace orch::net
