#include "crypto/encoding.hpp"

#include <sodium.h>

namespace orch::crypto {

namespace {

constexpr int base64url = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

const unsigned char* raw(std::string_view bytes) noexcept {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* raw(std::string& bytes) noexcept {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

} // namespace

std::string to_hex(std::string_view bytes) {
    // The library writes a final zero as well.
    std::string text(bytes.size() * 2 + 1, '\0');
    ::sodium_bin2hex(text.data(), text.size(), raw(bytes), bytes.size());
    text.pop_back();
    return text;
}

std::optional<std::string> from_hex(std::string_view text) {
    std::string bytes(text.size() / 2, '\0');
    std::size_t size = 0;
    // Without a place for the end the library refuses text that is not used up.
    if (text.size() % 2 != 0 || ::sodium_hex2bin(raw(bytes), bytes.size(), text.data(), text.size(),
                                                 nullptr, &size, nullptr) != 0) {
        return std::nullopt;
    }
    bytes.resize(size);
    return bytes;
}

std::string to_base64url(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), base64url), '\0');
    ::sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), base64url);
    text.pop_back();
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t size = 0;
    if (::sodium_base642bin(raw(bytes), bytes.size(), text.data(), text.size(), nullptr, &size,
                            nullptr, base64url) != 0) {
        return std::nullopt;
    }
    bytes.resize(size);
    return bytes;
}

} // namespace orch::crypto
