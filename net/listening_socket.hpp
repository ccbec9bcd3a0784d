#pragma once

#include "core/error.hpp"
#include "net/owned_fd.hpp"

#include <chrono>
#include <string>

namespace orch::net {

/// Whether several sockets may listen on the address, between which the kernel shares clients out.
enum class port_sharing { exclusive, shared };

/// Listening TCP socket, non-blocking, close-on-exec; what it accepts inherits its options:
/// no delay, and `peer_timeout` until a peer that acknowledges neither data nor keep-alive probes
/// breaks the connection.
[[nodiscard]] result<owned_fd> listen_tcp(const std::string& address, unsigned short port,
                                          port_sharing sharing,
                                          std::chrono::milliseconds peer_timeout);

/// Fails when somebody listens there already, even somebody who would share the port: two servers
/// on one port would each get a random half of the clients.
[[nodiscard]] result<void> check_port_is_free(const std::string& address, unsigned short port);

/// Listening unix socket that only its owner may connect to. A file that a dead server left
/// behind is replaced; a live one is an error.
[[nodiscard]] result<owned_fd> listen_unix(const std::string& path);

[[nodiscard]] result<unsigned short> bound_port(const owned_fd& socket);

} // namespace orch::net
