#pragma once

#include <cstddef>
#include <string>

namespace orch::crypto {

/// Bytes from the system's random source.
[[nodiscard]] std::string random_bytes(std::size_t size);
/// Characters of [A-Za-z0-9], each as likely as any other: 5.95 bits per character.
[[nodiscard]] std::string random_token(std::size_t characters);

} // namespace orch::crypto
