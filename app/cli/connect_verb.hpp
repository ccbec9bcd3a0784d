#pragma once

#include "app/cli/command_line.hpp"
#include "app/cli/outcome.hpp"
#include "core/byte_sizes.hpp"
#include "net/blocking_socket.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace orch::app::cli {

/// How `connect` reaches the orchestrator.
struct connect_way {
    net::peer_address peer;
    /// A project key; empty over the unix socket, where the account is the credential.
    std::string key;
    /// Longer lines of the client are refused.
    std::size_t line_bytes_max = 16 * mib;
    /// What to tell the user when nobody listens there.
    std::function<error(const error&)> not_running;
};

/// Host and port of `--url`; `invalid_argument` says what is wrong with it.
[[nodiscard]] result<net::peer_address> peer_of(std::string_view url);
/// Where the endpoints of a server are; of all servers when `server` is empty.
[[nodiscard]] std::string endpoint_path(std::string_view project, std::string_view server);

/// Serves one MCP client on stdin and stdout until it closes stdin. Blocks; nothing but MCP goes to
/// stdout.
[[nodiscard]] outcome connect_stdio(const connect_command& wanted, const connect_way& way);

} // namespace orch::app::cli
