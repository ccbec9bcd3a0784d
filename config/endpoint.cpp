#include "config/endpoint.hpp"

#include "config/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include <arpa/inet.h>

namespace orch::config {

namespace {

using address_bytes = std::array<std::uint8_t, 16>;

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

// Both families as IPv6, so that every question is asked once.
std::optional<address_bytes> parse_address(std::string_view text) {
    const std::string terminated(text);
    address_bytes bytes{};
    if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1) {
        return bytes;
    }
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin());
    if (inet_pton(AF_INET, terminated.c_str(), bytes.data() + mapped_prefix.size()) == 1) {
        return bytes;
    }
    return std::nullopt;
}

bool is_ipv6_text(std::string_view address) { return address.find(':') != address.npos; }

error refused(std::string_view text, std::string_view why) {
    return {errc::invalid_argument, fmt::format("\"{}\" is not an address with a port: {}; write "
                                                "for example 127.0.0.1:8000 or [::1]:8000",
                                                text, why)};
}

struct parts {
    std::string_view address;
    std::string_view port;
    bool bracketed = false;
};

std::optional<parts> split(std::string_view text) {
    if (text.starts_with('[')) {
        const auto close = text.find("]:");
        return close == text.npos
                   ? std::nullopt
                   : std::optional{parts{text.substr(1, close - 1), text.substr(close + 2), true}};
    }
    const auto colon = text.rfind(':');
    return colon == text.npos
               ? std::nullopt
               : std::optional{parts{text.substr(0, colon), text.substr(colon + 1), false}};
}

} // namespace

result<endpoint> parse_endpoint(std::string_view text) {
    const auto found = split(text);
    if (!found || found->address.empty()) {
        return refused(text, "the address or the port is missing");
    }
    if (found->bracketed != is_ipv6_text(found->address)) {
        return refused(text, "an IPv6 address stands in brackets, and nothing else does");
    }
    const std::string_view address = found->address == "localhost" ? "127.0.0.1" : found->address;
    if (!is_address(address)) {
        return refused(text, "the address must be numeric");
    }
    const auto port = parse_count(found->port);
    if (!port || *port > 65'535) {
        return refused(text, "the port must be a number from 0 to 65535");
    }
    return endpoint{std::string(address), static_cast<unsigned short>(*port)};
}

std::string print_endpoint(const endpoint& value) {
    return is_ipv6_text(value.address) ? fmt::format("[{}]:{}", value.address, value.port)
                                       : fmt::format("{}:{}", value.address, value.port);
}

bool is_address(std::string_view text) { return parse_address(text).has_value(); }

bool is_loopback(std::string_view address) {
    const auto bytes = parse_address(address);
    if (!bytes) {
        return false;
    }
    constexpr address_bytes ipv6_loopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    const bool mapped = std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes->begin());
    return *bytes == ipv6_loopback || (mapped && (*bytes)[mapped_prefix.size()] == 127);
}

} // namespace orch::config
