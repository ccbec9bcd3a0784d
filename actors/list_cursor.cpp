#include "actors/list_cursor.hpp"

#include "actors/seal.hpp"

#include <fmt/format.h>

#include <charconv>

namespace orch::actors {

std::string list_cursor::sealed(std::size_t begin) const {
    std::string content = fmt::format("{}|{}|{}", model::to_string(kind_), session_, begin);
    for (const auto name : names_) {
        fmt::format_to(std::back_inserter(content), "|{}|", name.size());
        content += name;
    }
    return fmt::format("{}-{}", begin, seal_of(content));
}

std::optional<std::size_t> list_cursor::begin_of(std::string_view cursor) const {
    if (cursor.empty()) {
        return 0;
    }
    std::size_t begin = 0;
    const auto dash = cursor.find('-');
    const auto digits = cursor.substr(0, dash);
    const auto [stop, failure] = std::from_chars(digits.data(), digits.data() + digits.size(),
                                                 begin);
    const bool given_out = failure == std::errc{} && stop == digits.data() + digits.size() &&
                           begin > 0 && begin < names_.size() && cursor == sealed(begin);
    return given_out ? std::optional(begin) : std::nullopt;
}

std::string list_cursor::cursor_at(std::size_t begin) const {
    return begin < names_.size() ? sealed(begin) : std::string{};
}

} // namespace orch::actors
