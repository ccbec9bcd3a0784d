#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace orch::api {

/// `2026-01-31T12:00:00.123456Z`
[[nodiscard]] std::string to_rfc3339(std::chrono::system_clock::time_point at);
[[nodiscard]] std::optional<std::string>
to_rfc3339(const std::optional<std::chrono::system_clock::time_point>& at);

/// The length of a preset such as `30m`; nothing for any other text.
[[nodiscard]] std::optional<std::chrono::seconds> parse_time_range(std::string_view preset);

} // namespace orch::api
