#include "core/ip_range.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include <arpa/inet.h>

namespace orch {

namespace {

using address_bytes = std::array<std::uint8_t, 16>;

constexpr int bits = 128;
/// How many bits come before an IPv4 address in its mapped form.
constexpr int mapped_bits = 96;
constexpr address_bytes mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0};

bool is_v4(const address_bytes& bytes) noexcept {
    return std::equal(mapped_prefix.begin(), mapped_prefix.begin() + mapped_bits / 8,
                      bytes.begin());
}

std::optional<address_bytes> parse_address(std::string_view text) noexcept {
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) {
        return std::nullopt;
    }
    std::copy(text.begin(), text.end(), terminated.begin());
    auto bytes = mapped_prefix;
    if (::inet_pton(AF_INET, terminated.data(), bytes.data() + mapped_bits / 8) == 1) {
        return bytes;
    }
    return ::inet_pton(AF_INET6, terminated.data(), bytes.data()) == 1 ? std::optional(bytes)
                                                                       : std::nullopt;
}

std::optional<int> parse_prefix(std::string_view text, int most) noexcept {
    int prefix = -1;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, prefix);
    const bool whole = read.ec == std::errc{} && read.ptr == end && !text.empty();
    return whole && prefix >= 0 && prefix <= most ? std::optional(prefix) : std::nullopt;
}

bool bit(const address_bytes& bytes, int index) noexcept {
    return ((bytes[static_cast<std::size_t>(index / 8)] >> (7 - index % 8)) & 1) != 0;
}

error refused(std::string_view text, std::string_view why) {
    return {errc::invalid_argument, fmt::format("'{}' {}", text.substr(0, 60), why)};
}

} // namespace

result<ip_range> ip_range::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) {
        return refused(text, "is no IP address and no range such as 10.0.0.0/8");
    }
    ip_range range;
    range.network_ = *address;
    range.prefix_ = bits;
    if (slash != std::string_view::npos) {
        const bool v4 = is_v4(*address) && text.find(':') == std::string_view::npos;
        const auto prefix = parse_prefix(text.substr(slash + 1), v4 ? bits - mapped_bits : bits);
        if (!prefix) {
            return refused(text, "has a prefix that is no number of bits");
        }
        range.prefix_ = *prefix + (v4 ? mapped_bits : 0);
    }
    for (int i = range.prefix_; i < bits; ++i) {
        if (bit(range.network_, i)) {
            return refused(text, "has bits set beyond its prefix");
        }
    }
    return range;
}

bool ip_range::contains(std::string_view address) const noexcept {
    const auto bytes = parse_address(address);
    if (!bytes) {
        return false;
    }
    for (int i = 0; i < prefix_; ++i) {
        if (bit(*bytes, i) != bit(network_, i)) {
            return false;
        }
    }
    return true;
}

std::string ip_range::to_string() const {
    const bool v4 = is_v4(network_) && prefix_ >= mapped_bits;
    std::array<char, INET6_ADDRSTRLEN> text{};
    ::inet_ntop(v4 ? AF_INET : AF_INET6, network_.data() + (v4 ? mapped_bits / 8 : 0), text.data(),
                text.size());
    return prefix_ == bits ? std::string(text.data())
                           : fmt::format("{}/{}", text.data(), prefix_ - (v4 ? mapped_bits : 0));
}

bool allows(const std::vector<ip_range>& ranges, std::string_view address) noexcept {
    return ranges.empty() || std::any_of(ranges.begin(), ranges.end(), [&](const ip_range& range) {
               return range.contains(address);
           });
}

} // namespace orch
