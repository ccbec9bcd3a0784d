#pragma once

#include "core/error.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace orch::config {

/// A whole decimal number without sign, spaces or leading junk.
[[nodiscard]] result<std::uint64_t> parse_count(std::string_view text);

/// "500ms", "30s", "10m", "2h": a whole number and a unit.
[[nodiscard]] result<std::chrono::milliseconds> parse_duration(std::string_view text);
/// The largest unit that keeps the value whole; `parse_duration` reads it back.
[[nodiscard]] std::string print_duration(std::chrono::milliseconds value);

/// "64KiB", "16MiB", "1GiB" or a plain number of bytes.
[[nodiscard]] result<std::uint64_t> parse_size(std::string_view text);
/// The largest unit that keeps the value whole; `parse_size` reads it back.
[[nodiscard]] std::string print_size(std::uint64_t bytes);

} // namespace orch::config
