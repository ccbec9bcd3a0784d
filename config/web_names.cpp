#include "config/web_names.hpp"

#include "config/endpoint.hpp"
#include "config/quantity.hpp"
#include "core/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace orch::config {

namespace {

constexpr std::string_view host_characters = "abcdefghijklmnopqrstuvwxyz0123456789.-_";

bool is_host_with_port(std::string_view text) {
    std::size_t host_end = std::min(text.find(':'), text.size());
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == text.npos || !is_address(text.substr(1, close - 1))) {
            return false;
        }
        host_end = close + 1;
    } else if (host_end == 0 ||
               text.substr(0, host_end).find_first_not_of(host_characters) != text.npos) {
        return false;
    }
    if (host_end == text.size()) {
        return true;
    }
    const auto port = parse_count(text.substr(host_end + 1));
    return text[host_end] == ':' && port && *port > 0 && *port <= 65'535;
}

/// The length of "http://" or "https://" at the begin of `text`, else 0.
std::size_t scheme_length(std::string_view text) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (text.starts_with(scheme)) {
            return scheme.size();
        }
    }
    return 0;
}

} // namespace

result<std::string> host_name::check(std::string_view text) {
    auto host = ascii_lowered(text);
    if (!is_host_with_port(host)) {
        return error{errc::invalid_argument,
                     fmt::format("\"{}\" is not a host name; write for example mcp.example.org or "
                                 "mcp.example.org:8443, without scheme and path",
                                 text)};
    }
    return host;
}

result<std::string> web_origin::check(std::string_view text) {
    auto origin = ascii_lowered(text);
    const auto scheme = scheme_length(origin);
    if (scheme == 0 || !is_host_with_port(std::string_view(origin).substr(scheme))) {
        return error{errc::invalid_argument,
                     fmt::format("\"{}\" is not an origin; write for example "
                                 "https://app.example.org, without a path or a slash at the end",
                                 text)};
    }
    return origin;
}

result<std::string> network_address::check(std::string_view text) {
    const auto slash = std::min(text.find('/'), text.size());
    const auto address = text.substr(0, slash);
    const auto bits_max = address.find(':') == address.npos ? 32U : 128U;
    const auto bits = slash == text.size() ? result<std::uint64_t>{bits_max}
                                           : parse_count(text.substr(slash + 1));
    if (!is_address(address) || !bits || *bits > bits_max) {
        return error{errc::invalid_argument,
                     fmt::format("\"{}\" is neither an address nor a network; write for example "
                                 "10.0.0.5, 10.0.0.0/8 or 2001:db8::5",
                                 text)};
    }
    return std::string(text);
}

result<std::string> check_base_url(std::string_view text) {
    std::string_view url = text;
    while (url.ends_with('/')) {
        url.remove_suffix(1);
    }
    const auto scheme = scheme_length(url);
    const auto rest = url.substr(scheme);
    const bool clean = std::all_of(rest.begin(), rest.end(), [](unsigned char c) {
        return c > ' ' && c < 0x7f && c != '?' && c != '#' && c != '"' && c != '@';
    });
    if (scheme == 0 || !clean ||
        !is_host_with_port(ascii_lowered(rest.substr(0, rest.find('/'))))) {
        return error{errc::invalid_argument,
                     fmt::format("\"{}\" is not the URL of a server; write for example "
                                 "https://mcp.example.org, without query and fragment",
                                 text)};
    }
    return std::string(url);
}

} // namespace orch::config
