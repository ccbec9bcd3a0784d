#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace orch {

/// `c` in lower case when it is an ASCII letter.
[[nodiscard]] constexpr char ascii_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// `text` without the characters of `blanks` around it.
[[nodiscard]] constexpr std::string_view trim(std::string_view text,
                                              std::string_view blanks) noexcept {
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos
               ? std::string_view{}
               : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

[[nodiscard]] inline std::string ascii_lowered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), ascii_lower);
    return out;
}

/// Whether `search` stands in `text`; case does not count.
[[nodiscard]] inline bool contains_word(std::string_view text, std::string_view search) {
    return ascii_lowered(text).find(ascii_lowered(search)) != std::string::npos;
}

} // namespace orch
