#pragma once

#include "core/error.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orch {

/// A network of IPv4 or IPv6 addresses in CIDR notation, or one address. An IPv4 address that is
/// mapped into IPv6 is the IPv4 address.
class ip_range {
public:
    /// `10.0.0.0/8`, `192.0.2.7`, `2001:db8::/32`. `invalid_argument` for any other text, also for
    /// a network with bits set beyond its prefix, since that is mostly a slip.
    [[nodiscard]] static result<ip_range> parse(std::string_view text);

    /// False for text that is no address.
    [[nodiscard]] bool contains(std::string_view address) const noexcept;
    /// As it was given, with the prefix left out for one address.
    [[nodiscard]] std::string to_string() const;

    friend bool operator==(const ip_range&, const ip_range&) = default;

private:
    ip_range() = default;

    /// IPv4 addresses stand in their mapped form.
    std::array<std::uint8_t, 16> network_{};
    /// In bits of the 16 bytes.
    int prefix_ = 0;
};

/// Whether one of the ranges holds the address; an empty list holds every address.
[[nodiscard]] bool allows(const std::vector<ip_range>& ranges, std::string_view address) noexcept;

} // namespace orch
