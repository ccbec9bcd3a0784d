#pragma once

#include <cstddef>
#include <string_view>

namespace orch {

/// Whether `text` is well-formed UTF-8 (RFC 3629) as a whole; the empty text is.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// The length of the well-formed character that begins at `at` of `text` (NUL is one); 0 when none
/// does. `at` is inside of `text`.
[[nodiscard]] std::size_t utf8_character_length(std::string_view text, std::size_t at) noexcept;

} // namespace orch
