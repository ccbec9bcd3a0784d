#pragma once

#include <chrono>

namespace orch::model {

/// How long a tool call may be under way, as a server's own setting.
inline constexpr std::chrono::milliseconds call_timeout_min = std::chrono::seconds(1);
inline constexpr std::chrono::milliseconds call_timeout_max = std::chrono::hours(24);

} // namespace orch::model
