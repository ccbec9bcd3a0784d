#pragma once

#include "core/byte_sizes.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace orch::net {

/// Addresses and limits of the HTTP server.
struct http_options {
    std::string address = "127.0.0.1";
    /// 0 asks the system for a free port.
    unsigned short port = 8000;
    /// Also listen on this unix socket (mode 0600); empty: no. Its requests carry `peer_uid`.
    std::string unix_socket;
    std::size_t header_bytes_max = 16 * kib;
    std::size_t body_bytes_max = 16 * mib;
    std::size_t connections_max = 20'000;
    std::chrono::milliseconds header_timeout{10'000};
    std::chrono::milliseconds body_timeout{60'000};
    std::chrono::milliseconds idle_timeout{75'000};
    /// A stream whose unsent bytes exceed this is closed; its client resumes or reconnects.
    std::size_t stream_queue_bytes_max = 32 * mib;
    /// A stream that cannot send anything for this long is closed.
    std::chrono::milliseconds stream_stall_timeout{30'000};
    std::chrono::milliseconds keep_alive_interval{15'000};
    /// A peer that acknowledges nothing for this long, neither bytes nor the probes of an idle
    /// connection, is gone; whole seconds.
    std::chrono::milliseconds peer_timeout{60'000};
    /// Rightmost hops of X-Forwarded-For that are believed; empty believes nobody.
    std::vector<std::string> trusted_proxies;
};

/// Limits of one child process' pipes.
struct child_options {
    std::size_t line_bytes_max = 16 * mib;
    /// Bytes that wait for the child to read them; beyond it `write_line` refuses.
    std::size_t stdin_queue_bytes_max = 64 * mib;
    std::size_t stderr_line_bytes_max = 8 * kib;
};

/// What addresses requests to remote servers may go to.
enum class client_addresses {
    all,   ///< also this machine and its site
    global ///< only what is reached over the internet
};

/// Limits of the HTTP client that talks to one remote server.
struct client_options {
    client_addresses addresses = client_addresses::all;
    /// Looking the name up, connecting and the TLS handshake together.
    std::chrono::milliseconds connect_timeout{10'000};
    /// Between two pieces of an answer that is no event stream.
    std::chrono::milliseconds stall_timeout{60'000};
    /// A connection without a request for this long is closed, unless the server asks for less.
    std::chrono::milliseconds idle_timeout{30'000};
    std::size_t header_bytes_max = 64 * kib;
    /// An answer or one event of a stream.
    std::size_t body_bytes_max = 16 * mib;
    /// Requests that one server may have under way; the others wait.
    std::size_t requests_max = 128;
};

} // namespace orch::net
