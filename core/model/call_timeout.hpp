#pragma once

#include <chrono>

namespace orch::model {

/// How long a tool call may be under way, as a server's own setting.
inline constexpr std::chrono::milliseconds call_timeout_min = std::chrono::seconds(1);
inline constexpr std::chrono::milliseconds call_timeout_max = std::chrono::hours(24);

[[nodiscard]] constexpr bool is_call_timeout(std::chrono::duration<double> wanted) noexcept {
    return wanted >= call_timeout_min && wanted <= call_timeout_max;
}

} // namespace orch::model
