#pragma once

#include <string>
#include <string_view>

namespace orch::mcp {

/// `token` without the blanks that a tokenizer leaves behind it.
[[nodiscard]] std::string_view without_trailing_blanks(std::string_view token) noexcept;

/// The grammar of RFC 8259 §6 by itself: no limit to the size of a number.
[[nodiscard]] bool is_json_number(std::string_view token) noexcept;
/// A number without fraction and exponent.
[[nodiscard]] bool is_json_integer(std::string_view token) noexcept;
/// Whether every backslash in `inner` (a string without its quotes) starts an escape of RFC 8259
/// §7. Lone surrogates pass: they are legal JSON.
[[nodiscard]] bool has_valid_escapes(std::string_view inner) noexcept;

/// The characters that `inner` (a string without its quotes) stands for, as UTF-8. Lone
/// surrogates and broken escapes become U+FFFD, so every text has an answer.
[[nodiscard]] std::string decode_json_string(std::string_view inner);

/// Appends the UTF-8 of a code point, which is no surrogate.
void append_utf8(std::string& out, char32_t point);

} // namespace orch::mcp
