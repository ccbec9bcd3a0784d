#pragma once

#include "core/error.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace orch::crypto {

inline constexpr std::size_t master_key_bytes = 32;
using master_key = std::array<unsigned char, master_key_bytes>;

/// Reads the key in `path` into `key`, or puts a fresh one there when the file is absent: mode
/// 0600, on the disk before this returns. The file is one line, `mcp-orch-key-1 ` and 64 hex
/// digits. `forbidden` when the file is not a plain file of this user or others may touch it,
/// `invalid_argument` when it does not hold a key, `io_failure` when the system refuses.
[[nodiscard]] result<void> load_or_create_key(const std::string& path, master_key& key);

} // namespace orch::crypto
