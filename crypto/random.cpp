#include "crypto/random.hpp"

#include "crypto/sodium.hpp"

#include <sodium.h>

#include <cstdint>
#include <string_view>

namespace orch::crypto {

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::uint32_t alphabet_size = static_cast<std::uint32_t>(alphabet.size());
/// Bytes from here on would make the front of the alphabet likelier, so they are thrown away.
constexpr std::uint32_t fair_bytes = 256 / alphabet_size * alphabet_size;

} // namespace

std::string random_bytes(std::size_t size) {
    require_sodium();
    std::string bytes(size, '\0');
    ::randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string random_token(std::size_t characters) {
    std::string token;
    token.reserve(characters);
    while (token.size() < characters) {
        std::string bytes = random_bytes(characters - token.size() + 4);
        for (std::size_t i = 0; i < bytes.size() && token.size() < characters; ++i) {
            const auto byte = static_cast<unsigned char>(bytes[i]);
            if (byte < fair_bytes) {
                token += alphabet[byte % alphabet_size];
            }
        }
        ::sodium_memzero(bytes.data(), bytes.size());
    }
    return token;
}

} // namespace orch::crypto
