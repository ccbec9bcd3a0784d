#pragma once

#include "core/error.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace orch::crypto {

/// Owns the master key and encrypts what the database must not hold in clear: tokens and
/// environment values. Const functions are callable from any thread.
///
///     sealed = format byte 1, key id (4 bytes), nonce (24 bytes), XChaCha20-Poly1305 (IETF)
///
/// The format byte, the key id and the context are authenticated with the text.
class secret_box {
public:
    /// Where the master keys come from: a setting, when it is given, else a file.
    struct key_source {
        std::string file;
        std::string given = {};
    };
    /// Reads the keys, or makes the file when it is absent (`crypto/key_file.hpp` says what is
    /// refused). There is no fallback to clear text: without a box nothing is stored.
    [[nodiscard]] static result<secret_box> open(key_source source);
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

    /// Ids of the keys (8 hex digits), in the order of use.
    [[nodiscard]] std::vector<std::string> key_ids() const;
    /// Whether the keys come from a setting; then this process cannot make others.
    [[nodiscard]] bool is_given() const noexcept;
    /// Makes a fresh key the one that seals; those before it still open. It is in the file before
    /// this returns. `conflict` when the keys are given, or when there are too many.
    [[nodiscard]] result<void> add_key();
    /// Forgets all keys but the one that seals, in the file too. Only when nothing needs them.
    [[nodiscard]] result<void> drop_old_keys();

private:
    struct contents;
    explicit secret_box(std::unique_ptr<contents> made) noexcept;
    std::unique_ptr<contents> contents_;
};

} // namespace orch::crypto
