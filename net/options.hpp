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

} // namespace orch::net
