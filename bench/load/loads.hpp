#pragma once

#include "bench/load/mcp_client.hpp"

#include <chrono>
#include <cstdint>
#include <string>

#include <sys/types.h>

namespace orch::bench {

/// The kinds of load. Each runs to its end, returns one JSON object, and throws when the run means
/// nothing: a connection was lost, a request refused.

enum class wire { sse, streamable };

struct call_options {
    endpoint where;
    wire kind = wire::sse;
    call_shape shape;
    std::uint32_t sessions = 1;
    /// Latencies count after this time, wrong answers and CPU from the start.
    std::chrono::milliseconds warm_up{500};
    std::chrono::milliseconds duration{4000};
    /// The process whose CPU time is told.
    pid_t server = 0;
};
/// A closed loop: each session has one call open at any time.
[[nodiscard]] std::string run_calls(const call_options& options);

struct idle_options {
    endpoint where;
    std::uint32_t sessions = 10'000;
    pid_t server = 0;
};
/// Opens SSE sessions with their handshakes, tells what they cost in memory, and makes one call
/// while all are open.
[[nodiscard]] std::string run_idle(const idle_options& options);

struct get_options {
    endpoint where;
    std::uint32_t requests = 1000;
};
/// The same GET again and again over one connection.
[[nodiscard]] std::string run_gets(const get_options& options);

} // namespace orch::bench
