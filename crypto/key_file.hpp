#pragma once

#include "core/error.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace orch::crypto {

inline constexpr std::size_t master_key_bytes = 32;
using master_key = std::array<unsigned char, master_key_bytes>;

/// Keys in the order of use: the first one seals, the others only open what is older. Wiped when
/// it goes; never empty once it was read.
struct key_ring {
    key_ring() = default;
    key_ring(const key_ring&) = default;
    key_ring(key_ring&&) noexcept = default;
    key_ring& operator=(const key_ring&) = delete;
    key_ring& operator=(key_ring&&) = delete;
    ~key_ring();

    std::vector<master_key> keys;

    /// A rotation that breaks off leaves one key behind; more than this many is a mistake.
    static constexpr std::size_t keys_max = 8;
};

/// Reads the keys in `path`, or puts a fresh one there when the file is absent: mode 0600, on the
/// disk before this returns. One key a line, `mcp-orch-key-1 ` and 64 hex digits. `forbidden` when
/// the file is not a plain file of this user or others may touch it, `invalid_argument` when it
/// does not hold keys, `io_failure` when the system refuses.
[[nodiscard]] result<key_ring> load_or_create_keys(const std::string& path);

/// Puts other keys into `path`, whole or not at all, on the disk before this returns.
[[nodiscard]] result<void> replace_keys(const std::string& path, const key_ring& ring);

/// Keys of a setting: 64 hex digits each, with commas between them. `invalid_argument` without the
/// text in it.
[[nodiscard]] result<key_ring> parse_keys(std::string_view text);

/// A fresh key.
[[nodiscard]] master_key make_key();

} // namespace orch::crypto
