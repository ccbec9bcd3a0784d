#include "core/utf8.hpp"

#include <simdjson.h>

namespace orch {

namespace {

bool continues(std::string_view text, std::size_t at) noexcept {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

} // namespace

bool is_utf8(std::string_view text) noexcept {
    return simdjson::validate_utf8(text.data(), text.size());
}

std::size_t utf8_character_length(std::string_view text, std::size_t at) noexcept {
    const auto first = static_cast<unsigned char>(text[at]);
    if (first < 0x80) {
        return 1;
    }
    const auto second = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
    if (!continues(text, at + 1) || first < 0xC2 || first > 0xF4) {
        return 0;
    }
    if (first < 0xE0) {
        return 2;
    }
    if (!continues(text, at + 2) || (first == 0xE0 && second < 0xA0) ||
        (first == 0xED && second > 0x9F)) {
        return 0;
    }
    if (first < 0xF0) {
        return 3;
    }
    const bool outside = (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
    return !outside && continues(text, at + 3) ? 4 : 0;
}

} // namespace orch
