#include "mcp/json_text.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace orch::mcp {

namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

std::size_t digits_at(std::string_view text, std::size_t at) noexcept {
    std::size_t end = at;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') {
        ++end;
    }
    return end - at;
}

/// The length of the integer part at the front of `token`, 0 when there is none.
std::size_t integer_length(std::string_view token) noexcept {
    const std::size_t sign = token.starts_with('-') ? 1 : 0;
    const std::size_t digits = digits_at(token, sign);
    const bool leading_zero = digits > 1 && token[sign] == '0';
    return digits == 0 || leading_zero ? 0 : sign + digits;
}

std::optional<std::uint32_t> hex4(std::string_view text, std::size_t at) noexcept {
    if (at + 4 > text.size()) {
        return std::nullopt;
    }
    std::uint32_t value = 0;
    for (const char c : text.substr(at, 4)) {
        const bool digit = c >= '0' && c <= '9';
        const char lower = static_cast<char>(c | 0x20);
        if (!digit && (lower < 'a' || lower > 'f')) {
            return std::nullopt;
        }
        value = value << 4 | static_cast<std::uint32_t>(digit ? c - '0' : lower - 'a' + 10);
    }
    return value;
}

/// Decodes the `\u` escape whose digits start at `at`, a surrogate pair at once; returns the
/// position behind it.
std::size_t append_unicode_escape(std::string& out, std::string_view inner, std::size_t at) {
    const auto unit = hex4(inner, at);
    if (!unit) {
        out += replacement;
        return at;
    }
    if (*unit < 0xd800 || *unit > 0xdfff) {
        append_utf8(out, *unit);
        return at + 4;
    }
    const bool paired = *unit < 0xdc00 && inner.substr(at + 4, 2) == "\\u";
    const auto low = paired ? hex4(inner, at + 6) : std::nullopt;
    if (!low || *low < 0xdc00 || *low > 0xdfff) {
        out += replacement;
        return at + 4;
    }
    append_utf8(out, 0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00));
    return at + 10;
}

char simple_escape(char c) noexcept {
    switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case '"':
    case '\\':
    case '/': return c;
    default: return '\0';
    }
}

} // namespace

std::string_view without_trailing_blanks(std::string_view token) noexcept {
    const auto is_blank = [](char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    };
    while (!token.empty() && is_blank(token.back())) {
        token.remove_suffix(1);
    }
    return token;
}

bool is_json_integer(std::string_view token) noexcept {
    const std::size_t length = integer_length(token);
    return length != 0 && length == token.size();
}

bool is_json_number(std::string_view token) noexcept {
    std::size_t at = integer_length(token);
    if (at == 0) {
        return false;
    }
    if (at < token.size() && token[at] == '.') {
        const std::size_t digits = digits_at(token, at + 1);
        if (digits == 0) {
            return false;
        }
        at += 1 + digits;
    }
    if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
        ++at;
        at += at < token.size() && (token[at] == '+' || token[at] == '-') ? 1 : 0;
        const std::size_t digits = digits_at(token, at);
        if (digits == 0) {
            return false;
        }
        at += digits;
    }
    return at == token.size();
}

bool has_valid_escapes(std::string_view inner) noexcept {
    std::size_t at = inner.find('\\');
    while (at != std::string_view::npos) {
        if (at + 1 >= inner.size()) {
            return false;
        }
        const char kind = inner[at + 1];
        if (kind == 'u' ? !hex4(inner, at + 2) : simple_escape(kind) == '\0') {
            return false;
        }
        at = inner.find('\\', at + 2);
    }
    return true;
}

std::string decode_json_string(std::string_view inner) {
    std::string out;
    out.reserve(inner.size());
    std::size_t at = 0;
    while (at < inner.size()) {
        const std::size_t escape = std::min(inner.find('\\', at), inner.size());
        out.append(inner.substr(at, escape - at));
        if (escape == inner.size()) {
            break;
        }
        const char kind = escape + 1 < inner.size() ? inner[escape + 1] : '\0';
        if (kind == 'u') {
            at = append_unicode_escape(out, inner, escape + 2);
            continue;
        }
        const char plain = simple_escape(kind);
        if (plain == '\0') {
            out += replacement;
        } else {
            out += plain;
        }
        at = escape + 2;
    }
    return out;
}

void append_utf8(std::string& out, char32_t point) {
    const auto tail = [&](int shift) {
        out += static_cast<char>(0x80 | (point >> shift & 0x3f));
    };
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xc0 | point >> 6);
        tail(0);
    } else if (point < 0x10000) {
        out += static_cast<char>(0xe0 | point >> 12);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xf0 | point >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
}

} // namespace orch::mcp
