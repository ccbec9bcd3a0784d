#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace orch::bench {

/// Whom the load goes to.
struct target {
    /// IPv4 in host byte order, always loopback.
    std::uint32_t address = 0x7f000001;
    unsigned short port = 0;
    /// What stands in the Host header.
    std::string authority;
    /// Bearer token; without one nothing is said.
    std::string key;
};

/// Where an MCP endpoint is.
struct endpoint {
    target to;
    std::string path;
    /// What this gateway puts before the names of tools.
    std::string tool_prefix = {};
};

/// Takes `http://127.0.0.1:PORT/PATH`, or `localhost`. Throws `std::runtime_error` on anything
/// else: load goes to this machine only.
[[nodiscard]] endpoint parse_url(std::string_view url);

/// The path that a server names in its event `endpoint`: absolute with the same port, or relative
/// to the path of the stream. Throws `std::runtime_error` when it is elsewhere.
[[nodiscard]] std::string resolve_path(const endpoint& stream, std::string_view reference);

} // namespace orch::bench
