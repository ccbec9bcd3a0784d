#include "core/json_writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace orch {

namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

/// The length of the well-formed UTF-8 sequence at the front of `text`, or 0 (RFC 3629).
std::size_t sequence_length(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint8_t>(text[i]);
    };
    const auto tail = [&](std::size_t i) {
        return i < text.size() && (byte(i) & 0xc0) == 0x80;
    };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        return tail(1) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        const bool second_fits = tail(1) && !(lead == 0xe0 && byte(1) < 0xa0) &&
                                 !(lead == 0xed && byte(1) > 0x9f);
        return second_fits && tail(2) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        const bool second_fits = tail(1) && !(lead == 0xf0 && byte(1) < 0x90) &&
                                 !(lead == 0xf4 && byte(1) > 0x8f);
        return second_fits && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

void append_escaped_control(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default:
        out += "\\u00";
        out += digits[static_cast<std::uint8_t>(c) >> 4];
        out += digits[static_cast<std::uint8_t>(c) & 0x0f];
    }
}

bool is_plain(char c) noexcept {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\';
}

} // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && is_plain(text[plain])) {
            ++plain;
        }
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) {
            break;
        }
        const std::size_t length = sequence_length(text);
        if (length > 1) {
            out.append(text.substr(0, length));
        } else if (length == 1) {
            append_escaped_control(out, text.front());
        } else {
            out.append(replacement);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    out += '"';
}

json_writer& json_writer::key(std::string_view name) {
    separate();
    append_json_string(out_, name);
    out_ += ':';
    need_comma_ = false;
    return *this;
}

json_writer& json_writer::string(std::string_view text) {
    separate();
    append_json_string(out_, text);
    return *this;
}

json_writer& json_writer::raw(std::string_view json) {
    separate();
    out_.append(json);
    return *this;
}

json_writer& json_writer::number(double value) {
    if (!std::isfinite(value)) {
        return null();
    }
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

json_writer& json_writer::open(char bracket) {
    separate();
    out_ += bracket;
    need_comma_ = false;
    return *this;
}

json_writer& json_writer::close(char bracket) {
    out_ += bracket;
    need_comma_ = true;
    return *this;
}

void json_writer::separate() {
    if (need_comma_) {
        out_ += ',';
    }
    need_comma_ = true;
}

void blank_line_breaks(std::string& json) noexcept {
    std::replace_if(
        json.begin(), json.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
}

} // namespace orch
