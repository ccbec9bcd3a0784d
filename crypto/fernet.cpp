#include "crypto/fernet.hpp"

#include "crypto/encoding.hpp"
#include "crypto/sodium.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace orch::crypto {

namespace {

constexpr unsigned char version = 0x80;
constexpr std::size_t block_bytes = 16;
/// Version, time stamp, initialisation vector.
constexpr std::size_t head_bytes = 1 + 8 + block_bytes;
constexpr std::size_t mac_bytes = crypto_auth_hmacsha256_BYTES;

const unsigned char* raw(std::string_view bytes) noexcept {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// Fernet pads its base64.
std::optional<std::string> decode(std::string_view text) {
    while (text.ends_with('=')) {
        text.remove_suffix(1);
    }
    return from_base64url(text);
}

bool is_authentic(std::string_view signed_part, std::string_view mac,
                  const std::array<unsigned char, fernet_key::part_bytes>& key) {
    crypto_auth_hmacsha256_state state;
    std::array<unsigned char, mac_bytes> made{};
    ::crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    ::crypto_auth_hmacsha256_update(&state, raw(signed_part), signed_part.size());
    ::crypto_auth_hmacsha256_final(&state, made.data());
    return ::sodium_memcmp(made.data(), mac.data(), made.size()) == 0;
}

struct free_cipher {
    void operator()(EVP_CIPHER_CTX* context) const noexcept { ::EVP_CIPHER_CTX_free(context); }
};

/// Nothing when the padding is wrong.
std::optional<std::string> decrypt(std::string_view vector, std::string_view sealed,
                                   const std::array<unsigned char, fernet_key::part_bytes>& key) {
    const std::unique_ptr<EVP_CIPHER_CTX, free_cipher> cipher(::EVP_CIPHER_CTX_new());
    std::string plain(sealed.size() + block_bytes, '\0');
    auto* out = reinterpret_cast<unsigned char*>(plain.data());
    int body = 0;
    int rest = 0;
    const bool good = cipher != nullptr &&
                      ::EVP_DecryptInit_ex(cipher.get(), ::EVP_aes_128_cbc(), nullptr, key.data(),
                                           raw(vector)) == 1 &&
                      ::EVP_DecryptUpdate(cipher.get(), out, &body, raw(sealed),
                                          static_cast<int>(sealed.size())) == 1 &&
                      ::EVP_DecryptFinal_ex(cipher.get(), out + body, &rest) == 1;
    if (!good) {
        return std::nullopt;
    }
    plain.resize(static_cast<std::size_t>(body) + static_cast<std::size_t>(rest));
    return plain;
}

} // namespace

result<fernet_key> fernet_key::parse(std::string_view text) {
    require_sodium();
    auto bytes = decode(text);
    if (!bytes || bytes->size() != 2 * part_bytes) {
        return error{errc::invalid_argument,
                     "the Fernet key is not 32 bytes in URL-safe base64 (44 characters)"};
    }
    fernet_key key;
    std::copy_n(bytes->begin(), part_bytes, key.signing_.begin());
    std::copy_n(bytes->begin() + part_bytes, part_bytes, key.encryption_.begin());
    ::sodium_memzero(bytes->data(), bytes->size());
    return key;
}

fernet_key::~fernet_key() {
    ::sodium_memzero(signing_.data(), signing_.size());
    ::sodium_memzero(encryption_.data(), encryption_.size());
}

result<std::string> fernet_key::open(std::string_view token) const {
    const auto bytes = decode(token);
    if (!bytes || bytes->size() < head_bytes + block_bytes + mac_bytes ||
        (bytes->size() - head_bytes - mac_bytes) % block_bytes != 0 ||
        static_cast<unsigned char>(bytes->front()) != version) {
        return error{errc::invalid_argument, "it is no Fernet token"};
    }
    const std::string_view all = *bytes;
    const auto signed_part = all.substr(0, all.size() - mac_bytes);
    if (!is_authentic(signed_part, all.substr(signed_part.size()), signing_)) {
        return error{errc::unavailable, "it was encrypted with another Fernet key, or altered"};
    }
    auto plain = decrypt(all.substr(head_bytes - block_bytes, block_bytes),
                         signed_part.substr(head_bytes), encryption_);
    if (!plain) {
        return error{errc::invalid_argument, "it is no Fernet token: its padding is wrong"};
    }
    return std::move(*plain);
}

} // namespace orch::crypto
