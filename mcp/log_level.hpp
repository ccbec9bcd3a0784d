#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace orch::mcp {

/// The levels of `notifications/message`, least severe first (RFC 5424; server utilities, logging).
enum class log_level : std::uint8_t {
    debug,
    info,
    notice,
    warning,
    error,
    critical,
    alert,
    emergency
};

[[nodiscard]] std::string_view to_string(log_level level) noexcept;
/// Lower case only, as the protocol has it.
[[nodiscard]] std::optional<log_level> parse_log_level(std::string_view text) noexcept;

} // namespace orch::mcp
