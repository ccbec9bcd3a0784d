#include "api/timestamps.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <utility>

namespace orch::api {

std::string to_rfc3339(std::chrono::system_clock::time_point at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(at - seconds).count();
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06}Z", fmt::gmtime(seconds), micros);
}

std::optional<std::string>
to_rfc3339(const std::optional<std::chrono::system_clock::time_point>& at) {
    return at ? std::optional(to_rfc3339(*at)) : std::nullopt;
}

std::optional<std::chrono::seconds> parse_time_range(std::string_view preset) {
    using namespace std::chrono_literals;
    constexpr std::array<std::pair<std::string_view, std::chrono::seconds>, 6> presets{{
        {"15m", 15min},
        {"30m", 30min},
        {"1h", 1h},
        {"6h", 6h},
        {"24h", 24h},
        {"7d", 168h},
    }};
    for (const auto& [name, length] : presets) {
        if (name == preset) {
            return length;
        }
    }
    return std::nullopt;
}

} // namespace orch::api
