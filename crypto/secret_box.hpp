#pragma once

#include "core/error.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace orch::crypto {

/// Owns the master key and encrypts what the database must not hold in clear: tokens and
/// environment values. Const functions are callable from any thread.
///
///     sealed = format byte 1, key id (4 bytes), nonce (24 bytes), XChaCha20-Poly1305 (IETF)
///
/// The format byte, the key id and the context are authenticated with the text.
class secret_box {
public:
    /// Reads the key file, or makes it when absent (`crypto/key_file.hpp` says what is refused).
    /// There is no fallback to clear text: without a box nothing is stored.
    [[nodiscard]] static result<secret_box> open(const std::string& key_file);
    secret_box(secret_box&&) noexcept;
    secret_box& operator=(secret_box&&) noexcept;
    ~secret_box();

    /// `context` says what the text is for, like a table, row and column; the same context is
    /// needed to open it, so a sealed value cannot be moved to another place.
    [[nodiscard]] std::string seal(std::string_view plain, std::string_view context) const;
    /// `not_implemented` for another format, `unavailable` for another key, `invalid_argument`
    /// when it is too short, altered or of another context.
    [[nodiscard]] result<std::string> open_sealed(std::string_view sealed,
                                                  std::string_view context) const;

private:
    struct keys;
    explicit secret_box(std::unique_ptr<keys> made) noexcept;
    std::unique_ptr<keys> keys_;
};

} // namespace orch::crypto
