#pragma once

#include "net/options.hpp"

#include <boost/asio/ip/address.hpp>

#include <string>

namespace orch::net {

/// Where an address lies, as far as it matters for requests that others can bring about.
enum class address_kind {
    global,
    loopback,
    site,    ///< private, unique local and carrier-grade NAT networks
    unusable ///< link-local (cloud metadata), multicast, unspecified, reserved
};

/// IPv4 addresses that are embedded in IPv6 (mapped, NAT64, 6to4) count as what they embed.
[[nodiscard]] address_kind kind_of(const boost::asio::ip::address& address);

/// Why no request may go to that address; empty when one may. Without TLS only this machine and
/// its site are asked.
[[nodiscard]] std::string address_problem(const boost::asio::ip::address& address, bool secure,
                                          client_addresses allowed);

} // namespace orch::net
