#include "net/percent_encoding.hpp"

namespace orch::net {
namespace {

int hex_value(char digit) noexcept {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    if (digit >= 'A' && digit <= 'F') {
        return digit - 'A' + 10;
    }
    return -1;
}

/// The byte that the escape at the start of `text` stands for; -1 when it is none, or NUL.
int escaped_byte(std::string_view text) noexcept {
    if (text.size() < 3) {
        return -1;
    }
    const auto high = hex_value(text[1]);
    const auto low = hex_value(text[2]);
    const auto byte = high < 0 || low < 0 ? -1 : high * 16 + low;
    return byte == 0 ? -1 : byte;
}

bool is_unreserved(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

} // namespace

std::optional<std::string> percent_decode(std::string_view text, plus_sign plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%') {
            const auto byte = escaped_byte(text.substr(at));
            if (byte < 0) {
                return std::nullopt;
            }
            decoded.push_back(static_cast<char>(byte));
            at += 2;
        } else {
            decoded.push_back(plus == plus_sign::space && text[at] == '+' ? ' ' : text[at]);
        }
    }
    return decoded;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c)) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += '%';
            encoded += digits[byte >> 4];
            encoded += digits[byte & 0x0f];
        }
    }
    return encoded;
}

bool is_percent_encoded(std::string_view text) noexcept {
    for (auto at = text.find('%'); at != text.npos; at = text.find('%', at + 3)) {
        if (escaped_byte(text.substr(at)) < 0) {
            return false;
        }
    }
    return true;
}

} // namespace orch::net
