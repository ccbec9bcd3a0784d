#pragma once

#include <string>
#include <string_view>

namespace orch::crypto {

/// SHA-256, 32 raw bytes.
[[nodiscard]] std::string sha256(std::string_view bytes);

} // namespace orch::crypto
