#pragma once

#include "core/error.hpp"
#include "net/message.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace orch::api {

/// Which part of a list is wanted, from the parameters `page` (from 1) and `per_page`.
struct page_request {
    std::size_t page = 1;
    std::size_t per_page = 50;

    [[nodiscard]] std::size_t begin(std::size_t size) const noexcept;
    [[nodiscard]] std::size_t end(std::size_t size) const noexcept;

    static constexpr std::size_t per_page_max = 200;
};

/// A number from 1 to `most`, and nothing else in `text`.
[[nodiscard]] std::optional<std::size_t> parse_count(std::string_view text,
                                                     std::size_t most) noexcept;
/// Reads a parameter that is a number from 1 to `most`; absent, it leaves `into` as it is.
[[nodiscard]] result<void> read_number(const net::request& request, std::string_view name,
                                       std::size_t most, std::size_t& into);
/// `invalid_argument` names the parameter.
[[nodiscard]] result<page_request> read_page(const net::request& request);
/// A parameter that is `true` or `false`; absent when it is not given.
[[nodiscard]] result<std::optional<bool>> read_flag(const net::request& request,
                                                    std::string_view name);

} // namespace orch::api
