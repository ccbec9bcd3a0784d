#pragma once

#include "core/error.hpp"

#include <string>
#include <string_view>

namespace orch::config {

/// Where a server listens: an address without brackets and a port (0: any free one).
struct endpoint {
    std::string address;
    unsigned short port = 0;
};

/// "127.0.0.1:8000", "[::1]:8000" or "localhost:8000" (which becomes 127.0.0.1). Other host names
/// are refused: what they resolve to would decide who can reach the server.
[[nodiscard]] result<endpoint> parse_endpoint(std::string_view text);
/// The inverse; IPv6 addresses get brackets.
[[nodiscard]] std::string print_endpoint(const endpoint& value);

/// An IPv4 or IPv6 address literal without brackets or zone.
[[nodiscard]] bool is_address(std::string_view text);
/// Whether only this machine can reach `address`: 127.0.0.0/8, ::1 and the former mapped to IPv6.
[[nodiscard]] bool is_loopback(std::string_view address);

} // namespace orch::config
