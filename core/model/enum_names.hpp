#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace orch::model {

/// The stable lower- or upper-case names of an enum, in the database and on the wire.
template <class Enum, std::size_t Count>
using enum_names = std::array<std::pair<Enum, std::string_view>, Count>;

/// Empty for a value that the table does not have.
template <class Enum, std::size_t Count>
constexpr std::string_view name_in(const enum_names<Enum, Count>& table, Enum value) noexcept {
    for (const auto& [key, name] : table) {
        if (key == value) {
            return name;
        }
    }
    return {};
}

/// Either case is taken: rows of older systems spell some of them in capitals.
template <class Enum, std::size_t Count>
constexpr std::optional<Enum> value_in(const enum_names<Enum, Count>& table,
                                       std::string_view text) noexcept {
    constexpr auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    };
    for (const auto& [key, name] : table) {
        if (std::equal(name.begin(), name.end(), text.begin(), text.end(),
                       [&](char left, char right) { return lower(left) == lower(right); })) {
            return key;
        }
    }
    return std::nullopt;
}

} // namespace orch::model
