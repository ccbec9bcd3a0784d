#include "api/paging.hpp"

#include "api/fault_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace orch::api {

std::size_t page_request::begin(std::size_t size) const noexcept {
    return std::min((page - 1) * per_page, size);
}

std::size_t page_request::end(std::size_t size) const noexcept {
    return std::min(page * per_page, size);
}

std::optional<std::size_t> parse_count(std::string_view text, std::size_t most) noexcept {
    std::size_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    const bool is_count = read.ec == std::errc{} && read.ptr == end && number >= 1 &&
                          number <= most;
    return is_count ? std::optional(number) : std::nullopt;
}

result<void> read_number(const net::request& request, std::string_view name, std::size_t most,
                         std::size_t& into) {
    const auto given = request.query_value(name);
    if (!given) {
        return {};
    }
    const auto count = parse_count(*given, most);
    if (!count) {
        return fault_in(name, fmt::format("{}: a number from 1 to {}", name, most));
    }
    into = *count;
    return {};
}

result<page_request> read_page(const net::request& request) {
    constexpr std::size_t page_max = 1'000'000;
    page_request wanted;
    if (auto read = read_number(request, "page", page_max, wanted.page); !read) {
        return read.error();
    }
    if (auto read = read_number(request, "per_page", page_request::per_page_max, wanted.per_page);
        !read) {
        return read.error();
    }
    return wanted;
}

result<std::optional<bool>> read_flag(const net::request& request, std::string_view name) {
    const auto given = request.query_value(name);
    if (!given) {
        return std::optional<bool>{};
    }
    if (*given != "true" && *given != "false") {
        return fault_in(name, fmt::format("{}: true or false", name));
    }
    return std::optional(*given == "true");
}

} // namespace orch::api
