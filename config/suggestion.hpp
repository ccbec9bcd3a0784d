#pragma once

#include <span>
#include <string>
#include <string_view>

namespace orch::config {

/// The candidate that `wrong` was most likely meant to be; empty when none is near. Case and the
/// difference of `-` and `_` count as small slips.
[[nodiscard]] std::string_view nearest(std::string_view wrong,
                                       std::span<const std::string_view> candidates);

/// ` (did you mean "x"?)`, or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view wrong,
                                       std::span<const std::string_view> candidates);

} // namespace orch::config
