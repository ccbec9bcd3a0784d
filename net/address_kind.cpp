#include "net/address_kind.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace orch::net {

namespace ip = boost::asio::ip;

namespace {

struct network {
    std::uint32_t address;
    int prefix;
    address_kind kind;
};

constexpr std::uint32_t quad(unsigned a, unsigned b, unsigned c, unsigned d) {
    return (a << 24U) | (b << 16U) | (c << 8U) | d;
}

/// The special-purpose registry of IANA (RFC 6890), as far as it is not reachable from everywhere.
constexpr std::array<network, 15> special{{
    {quad(0, 0, 0, 0), 8, address_kind::unusable},
    {quad(10, 0, 0, 0), 8, address_kind::site},
    {quad(100, 64, 0, 0), 10, address_kind::site},
    {quad(127, 0, 0, 0), 8, address_kind::loopback},
    {quad(169, 254, 0, 0), 16, address_kind::unusable},
    {quad(172, 16, 0, 0), 12, address_kind::site},
    {quad(192, 0, 0, 0), 24, address_kind::unusable},
    {quad(192, 0, 2, 0), 24, address_kind::unusable},
    {quad(192, 88, 99, 0), 24, address_kind::unusable},
    {quad(192, 168, 0, 0), 16, address_kind::site},
    {quad(198, 18, 0, 0), 15, address_kind::site},
    {quad(198, 51, 100, 0), 24, address_kind::unusable},
    {quad(203, 0, 113, 0), 24, address_kind::unusable},
    {quad(224, 0, 0, 0), 4, address_kind::unusable},
    {quad(240, 0, 0, 0), 4, address_kind::unusable},
}};

address_kind kind_of_v4(std::uint32_t address) {
    const auto found = std::find_if(special.begin(), special.end(), [&](const network& one) {
        return ((address ^ one.address) >> (32 - one.prefix)) == 0;
    });
    return found == special.end() ? address_kind::global : found->kind;
}

using bytes = ip::address_v6::bytes_type;

std::uint32_t v4_at(const bytes& b, std::size_t at) {
    return quad(b[at], b[at + 1], b[at + 2], b[at + 3]);
}

template <std::size_t N>
bool begins_with(const bytes& b, const std::array<std::uint8_t, N>& start) {
    return std::equal(start.begin(), start.end(), b.begin());
}

std::optional<std::uint32_t> embedded_v4(const bytes& b) {
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    constexpr std::array<std::uint8_t, 12> nat64{0, 0x64, 0xFF, 0x9B};
    constexpr std::array<std::uint8_t, 12> compatible{};
    constexpr std::array<std::uint8_t, 2> six_to_four{0x20, 0x02};
    if (begins_with(b, mapped) || begins_with(b, nat64) || begins_with(b, compatible)) {
        return v4_at(b, 12);
    }
    return begins_with(b, six_to_four) ? std::optional(v4_at(b, 2)) : std::nullopt;
}

address_kind kind_of_v6(const ip::address_v6& address) {
    const auto b = address.to_bytes();
    if (address.is_loopback()) {
        return address_kind::loopback;
    }
    if (const auto v4 = embedded_v4(b)) {
        return kind_of_v4(*v4);
    }
    if ((b[0] & 0xFEU) == 0xFCU) {
        return address_kind::site;
    }
    // Only 2000::/3 is handed out; Teredo and documentation lie within it.
    const bool teredo = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0;
    const bool example = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0D && b[3] == 0xB8;
    return (b[0] & 0xE0U) == 0x20U && !teredo && !example ? address_kind::global
                                                          : address_kind::unusable;
}

} // namespace

address_kind kind_of(const ip::address& address) {
    return address.is_v4() ? kind_of_v4(address.to_v4().to_uint()) : kind_of_v6(address.to_v6());
}

std::string address_problem(const ip::address& address, bool secure, client_addresses allowed) {
    const auto kind = kind_of(address);
    const bool inside = kind == address_kind::loopback || kind == address_kind::site;
    if (kind == address_kind::unusable) {
        return fmt::format("{} is no address that servers have", address.to_string());
    }
    if (inside && allowed == client_addresses::global) {
        return fmt::format("{} lies inside this machine or its network, which "
                           "security.remote_servers does not open",
                           address.to_string());
    }
    if (!inside && !secure) {
        return fmt::format("{} is reached over the internet, which takes https",
                           address.to_string());
    }
    return "";
}

} // namespace orch::net
