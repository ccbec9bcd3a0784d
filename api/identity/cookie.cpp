#include "api/identity/cookie.hpp"

#include "core/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace orch::api {

namespace {

constexpr std::string_view plain_name = "mcp_orch_session";
constexpr std::string_view tls_name = "__Host-mcp_orch_session";
constexpr std::string_view blanks = " \t";
constexpr std::string_view tls_scheme = "https:";

/// Cuts the first cookie off a header.
std::string_view take_first(std::string_view& header) noexcept {
    const auto end = std::min(header.find(';'), header.size());
    const auto first = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    return first;
}

bool is_token_character(char c) noexcept {
    return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

} // namespace

std::optional<std::string_view> find_cookie(const net::header_list& headers,
                                            std::string_view name) {
    std::string_view value;
    bool seen = false;
    for (const auto& [header, content] : headers) {
        std::string_view rest = header == "cookie" ? content : std::string_view{};
        while (!rest.empty()) {
            const auto pair = take_first(rest);
            const auto equals = pair.find('=');
            if (equals == std::string_view::npos || trim(pair.substr(0, equals), blanks) != name) {
                continue;
            }
            if (seen) {
                return std::nullopt;
            }
            seen = true;
            value = trim(pair.substr(equals + 1), blanks);
        }
    }
    return value.empty() ? std::nullopt : std::optional(value);
}

session_cookie::session_cookie(std::string_view public_url)
    : tls_(std::ranges::equal(public_url.substr(0, tls_scheme.size()), tls_scheme, {},
                              ascii_lower)) {}

std::string_view session_cookie::name() const noexcept { return tls_ ? tls_name : plain_name; }

std::optional<std::string_view> session_cookie::read(const net::header_list& headers) const {
    return find_cookie(headers, name());
}

std::string session_cookie::issue(std::string_view token, std::chrono::seconds max_age) const {
    assert(!token.empty() && std::ranges::all_of(token, is_token_character));
    return print(token, fmt::format("Max-Age={}", max_age.count()));
}

std::string session_cookie::expire() const {
    return print("", "Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
}

std::string session_cookie::print(std::string_view token, std::string_view lifetime) const {
    return fmt::format("{}={}; Path=/; {}; HttpOnly; SameSite=Lax{}", name(), token, lifetime,
                       tls_ ? "; Secure" : "");
}

} // namespace orch::api
