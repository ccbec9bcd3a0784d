#include "config/quantity.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace orch::config {

namespace {

struct unit {
    std::string_view name;
    std::uint64_t factor;
};

// Ascending, so that printing from the back finds the largest unit.
constexpr std::array<unit, 4> duration_units{
    {{"ms", 1}, {"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}}};
constexpr std::array<unit, 4> size_units{
    {{"", 1}, {"KiB", 1ULL << 10}, {"MiB", 1ULL << 20}, {"GiB", 1ULL << 30}}};

// Milliseconds are signed, so one limit serves both kinds.
constexpr auto value_max = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

std::optional<std::uint64_t> parse_with_unit(std::string_view text,
                                             const std::array<unit, 4>& units) {
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{}) {
        return std::nullopt;
    }
    const std::string_view name = text.substr(static_cast<std::size_t>(end - text.data()));
    for (const auto& candidate : units) {
        if (candidate.name == name) {
            return number <= value_max / candidate.factor ? std::optional{number * candidate.factor}
                                                          : std::nullopt;
        }
    }
    return std::nullopt;
}

std::string print_with_unit(std::uint64_t value, const std::array<unit, 4>& units) {
    for (auto candidate = units.rbegin(); candidate != units.rend(); ++candidate) {
        if (value != 0 && value % candidate->factor == 0) {
            return fmt::format("{}{}", value / candidate->factor, candidate->name);
        }
    }
    return fmt::format("{}{}", value, units.front().name);
}

} // namespace

result<std::uint64_t> parse_count(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size()) {
        return error{errc::invalid_argument, fmt::format("\"{}\" is not a whole number", text)};
    }
    return number;
}

result<std::chrono::milliseconds> parse_duration(std::string_view text) {
    if (const auto value = parse_with_unit(text, duration_units)) {
        return std::chrono::milliseconds{static_cast<std::int64_t>(*value)};
    }
    return error{errc::invalid_argument,
                 fmt::format("\"{}\" is not a duration; write a whole number and a unit, such as "
                             "500ms, 30s, 10m or 2h",
                             text)};
}

std::string print_duration(std::chrono::milliseconds value) {
    return print_with_unit(static_cast<std::uint64_t>(value.count()), duration_units);
}

result<std::uint64_t> parse_size(std::string_view text) {
    if (const auto value = parse_with_unit(text, size_units)) {
        return *value;
    }
    return error{errc::invalid_argument,
                 fmt::format("\"{}\" is not a size; write bytes as a whole number or with a unit, "
                             "such as 64KiB, 16MiB or 1GiB",
                             text)};
}

std::string print_size(std::uint64_t bytes) { return print_with_unit(bytes, size_units); }

} // namespace orch::config
