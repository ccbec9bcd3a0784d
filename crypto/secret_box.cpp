#include "crypto/secret_box.hpp"

#include "crypto/digest.hpp"
#include "crypto/encoding.hpp"
#include "crypto/key_file.hpp"

#include <sodium.h>

#include <fmt/format.h>

#include <utility>

namespace orch::crypto {

namespace {

constexpr char format_byte = 1;
constexpr std::size_t key_id_bytes = 4;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t label_bytes = 1 + key_id_bytes;
constexpr std::size_t header_bytes = label_bytes + nonce_bytes;
static_assert(master_key_bytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* raw(std::string_view bytes) noexcept {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* raw(std::string& bytes) noexcept {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

/// What is authenticated besides the text.
std::string bound_data(std::string_view label, std::string_view context) {
    std::string bound(label);
    bound.append(context);
    return bound;
}

} // namespace

struct secret_box::keys {
    master_key master{};
    std::string id;

    keys() = default;
    keys(const keys&) = delete;
    keys& operator=(const keys&) = delete;
    ~keys() { ::sodium_memzero(master.data(), master.size()); }
};

secret_box::secret_box(std::unique_ptr<keys> made) noexcept : keys_(std::move(made)) {}
secret_box::secret_box(secret_box&&) noexcept = default;
secret_box& secret_box::operator=(secret_box&&) noexcept = default;
secret_box::~secret_box() = default;

result<secret_box> secret_box::open(const std::string& key_file) {
    auto made = std::make_unique<keys>();
    if (auto loaded = load_or_create_key(key_file, made->master); !loaded) {
        return loaded.error();
    }
    const auto& master = made->master;
    made->id = sha256({reinterpret_cast<const char*>(master.data()), master.size()})
                   .substr(0, key_id_bytes);
    return secret_box(std::move(made));
}

std::string secret_box::seal(std::string_view plain, std::string_view context) const {
    std::string sealed(header_bytes + plain.size() + tag_bytes, '\0');
    sealed[0] = format_byte;
    sealed.replace(1, key_id_bytes, keys_->id);
    ::randombytes_buf(sealed.data() + label_bytes, nonce_bytes);
    const std::string bound = bound_data(std::string_view(sealed).substr(0, label_bytes), context);
    ::crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed) + header_bytes, nullptr, raw(plain),
                                                 plain.size(), raw(bound), bound.size(), nullptr,
                                                 raw(sealed) + label_bytes, keys_->master.data());
    return sealed;
}

result<std::string> secret_box::open_sealed(std::string_view sealed,
                                            std::string_view context) const {
    if (sealed.size() < header_bytes + tag_bytes) {
        return error{errc::invalid_argument, "the sealed value is too short to be one"};
    }
    if (sealed[0] != format_byte) {
        return error{errc::not_implemented,
                     fmt::format("the sealed value has format {}, not {}",
                                 static_cast<unsigned char>(sealed[0]), int{format_byte})};
    }
    const std::string_view key_id = sealed.substr(1, key_id_bytes);
    if (key_id != keys_->id) {
        return error{errc::unavailable,
                     fmt::format("the value was sealed with key {}, the key file holds {}",
                                 to_hex(key_id), to_hex(keys_->id))};
    }
    std::string plain(sealed.size() - header_bytes - tag_bytes, '\0');
    const std::string bound = bound_data(sealed.substr(0, label_bytes), context);
    if (::crypto_aead_xchacha20poly1305_ietf_decrypt(
            raw(plain), nullptr, nullptr, raw(sealed) + header_bytes, sealed.size() - header_bytes,
            raw(bound), bound.size(), raw(sealed) + label_bytes, keys_->master.data()) != 0) {
        return error{errc::invalid_argument,
                     "the sealed value was altered or belongs to another place"};
    }
    return plain;
}

} // namespace orch::crypto
