#pragma once

#include "core/timestamp.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace orch::api {

using orch::to_rfc3339;
/// Nothing for an absent time.
[[nodiscard]] std::optional<std::string>
to_rfc3339(const std::optional<std::chrono::system_clock::time_point>& at);

/// Reads RFC 3339 with any offset; digits beyond microseconds are ignored. Years that the clock
/// does not hold become the nearest that it does: 1970 and 2200, so that the clock holds any
/// difference of two, too. Nothing for other text.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point>
parse_rfc3339(std::string_view text);

/// Reads a day such as `2026-01-31`, with years as above; nothing for other text.
[[nodiscard]] std::optional<std::chrono::sys_days> parse_day(std::string_view text);
/// The day as `parse_day` reads it.
[[nodiscard]] std::string to_text(std::chrono::sys_days day);

/// The length of a preset such as `30m`; nothing for any other text.
[[nodiscard]] std::optional<std::chrono::seconds> parse_time_range(std::string_view preset);

} // namespace orch::api
