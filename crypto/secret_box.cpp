#include "crypto/secret_box.hpp"

#include "crypto/digest.hpp"
#include "crypto/encoding.hpp"
#include "crypto/key_file.hpp"

#include <sodium.h>

#include <fmt/format.h>

#include <memory>
#include <mutex>
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

std::string id_of(const master_key& key) {
    return sha256({reinterpret_cast<const char*>(key.data()), key.size()}).substr(0, key_id_bytes);
}

/// Null when none of the keys has the id.
const master_key* find_key(const key_ring& ring, std::string_view id) {
    for (const auto& key : ring.keys) {
        if (id_of(key) == id) {
            return &key;
        }
    }
    return nullptr;
}

} // namespace

using ring_ptr = std::shared_ptr<const key_ring>;

struct secret_box::contents {
    key_source source;
    mutable std::mutex mutex;
    ring_ptr ring;

    [[nodiscard]] ring_ptr now() const {
        const std::lock_guard lock(mutex);
        return ring;
    }
    /// Writes the keys down, then uses them.
    [[nodiscard]] result<void> use(key_ring keys) {
        if (auto written = replace_keys(source.file, keys); !written) {
            return written;
        }
        const std::lock_guard lock(mutex);
        ring = std::make_shared<const key_ring>(std::move(keys));
        return {};
    }
};

secret_box::secret_box(std::unique_ptr<contents> made) noexcept : contents_(std::move(made)) {}
secret_box::secret_box(secret_box&&) noexcept = default;
secret_box& secret_box::operator=(secret_box&&) noexcept = default;
secret_box::~secret_box() = default;

result<secret_box> secret_box::open(key_source source) {
    auto ring = source.given.empty() ? load_or_create_keys(source.file) : parse_keys(source.given);
    if (!ring) {
        return ring.error();
    }
    auto made = std::make_unique<contents>();
    made->source = std::move(source);
    made->ring = std::make_shared<const key_ring>(std::move(*ring));
    return secret_box(std::move(made));
}

std::vector<std::string> secret_box::key_ids() const {
    std::vector<std::string> ids;
    for (const auto& key : contents_->now()->keys) {
        ids.push_back(to_hex(id_of(key)));
    }
    return ids;
}

bool secret_box::is_given() const noexcept { return !contents_->source.given.empty(); }

result<void> secret_box::add_key() {
    if (is_given()) {
        return error{errc::conflict,
                     "The master key is given by security.master_key: put a new one "
                     "before it, start again, and rotate then."};
    }
    key_ring more;
    more.keys.push_back(make_key());
    const auto now = contents_->now();
    more.keys.insert(more.keys.end(), now->keys.begin(), now->keys.end());
    if (more.keys.size() > key_ring::keys_max) {
        return error{errc::conflict, "The key file holds too many keys."};
    }
    return contents_->use(std::move(more));
}

result<void> secret_box::drop_old_keys() {
    const auto now = contents_->now();
    if (is_given() || now->keys.size() == 1) {
        return {};
    }
    key_ring newest;
    newest.keys.push_back(now->keys.front());
    return contents_->use(std::move(newest));
}

std::string secret_box::seal(std::string_view plain, std::string_view context) const {
    const auto ring = contents_->now();
    const auto& key = ring->keys.front();
    std::string sealed(header_bytes + plain.size() + tag_bytes, '\0');
    sealed[0] = format_byte;
    sealed.replace(1, key_id_bytes, id_of(key));
    ::randombytes_buf(sealed.data() + label_bytes, nonce_bytes);
    const std::string bound = bound_data(std::string_view(sealed).substr(0, label_bytes), context);
    ::crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed) + header_bytes, nullptr, raw(plain),
                                                 plain.size(), raw(bound), bound.size(), nullptr,
                                                 raw(sealed) + label_bytes, key.data());
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
    const auto ring = contents_->now();
    const auto* key = find_key(*ring, key_id);
    if (key == nullptr) {
        return error{errc::unavailable,
                     fmt::format("the value was sealed with key {}, the master key here is {}",
                                 to_hex(key_id), to_hex(id_of(ring->keys.front())))};
    }
    std::string plain(sealed.size() - header_bytes - tag_bytes, '\0');
    const std::string bound = bound_data(sealed.substr(0, label_bytes), context);
    if (::crypto_aead_xchacha20poly1305_ietf_decrypt(
            raw(plain), nullptr, nullptr, raw(sealed) + header_bytes, sealed.size() - header_bytes,
            raw(bound), bound.size(), raw(sealed) + label_bytes, key->data()) != 0) {
        return error{errc::invalid_argument,
                     "the sealed value was altered or belongs to another place"};
    }
    return plain;
}

} // namespace orch::crypto
