#pragma once

#include "core/byte_sizes.hpp"

#include <chrono>
#include <cstddef>

namespace orch::actors {

/// Time-outs and maxima of everything that outlives a request.
struct actor_options {
    std::chrono::milliseconds handshake_timeout{30'000};
    /// A server without calls for this long is stopped; 0 keeps it.
    std::chrono::milliseconds server_idle_stop{600'000};
    /// Between closing a server's stdin and SIGTERM, and again before SIGKILL.
    std::chrono::milliseconds server_stop_grace{2'000};
    /// How long a unified tools/list waits for servers that have to be started first. The list of
    /// one server waits that much longer than its start may take.
    std::chrono::milliseconds list_patience{10'000};
    /// A Streamable HTTP session without an open request ends when its client sent nothing for this
    /// long; while its client listens, for the longer time. A stream alone proves little: what
    /// stands between may keep it open long after the client is gone.
    std::chrono::milliseconds session_idle_timeout{1'800'000};
    std::chrono::milliseconds session_listening_timeout{86'400'000};
    /// A request of a client of 2025-11-25 that is open for this long is answered by an event
    /// stream, which outlives its connection; 0 begins the stream at once.
    std::chrono::milliseconds stream_after{1'000};
    /// How long such a client waits before it comes back.
    std::chrono::milliseconds stream_retry{1'000};
    /// How long events are kept for clients that come back, after they were sent and their stream
    /// has ended.
    std::chrono::milliseconds replay_time{300'000};
    /// Events that one session keeps so, and their bytes; the oldest go first.
    std::size_t replay_events_max = 256;
    std::size_t replay_session_bytes_max = mib;
    /// Bytes of such events of all sessions.
    std::size_t replay_bytes_max = 256 * mib;
    /// How often deadlines are looked at.
    std::chrono::milliseconds tick{100};
    /// How often the call log goes to the database.
    std::chrono::milliseconds ship_interval{250};
    /// Calls that wait for a starting server; beyond it they are refused.
    std::size_t queued_calls_max = 1'024;
    /// Bytes of those calls; one call may wait whatever its size.
    std::size_t queued_bytes_max = 64 * mib;
    /// Calls that one server may have open; beyond it they are refused.
    std::size_t open_calls_max = 16'384;
    /// Calls that one client session may have open; beyond it they are refused.
    std::size_t session_calls_max = 1'024;
    /// Lists of tools that sessions may wait for at one server, and that one session may wait for;
    /// beyond them they are refused.
    std::size_t open_lists_max = 16'384;
    std::size_t session_lists_max = 16;
    std::size_t sessions_max = 50'000;
    /// Of those, how many one key, person or address may have.
    std::size_t sessions_of_principal_max = 20'000;
    /// Whether calls are recorded in the call log. Without it usage stays empty, too; `/metrics`
    /// and the counts of sessions have them in any case.
    bool records_calls = true;
    /// Bytes of arguments and of the result that a row keeps.
    std::size_t logged_body_bytes_max = 64 * kib;
    /// stderr lines of one server that are logged per second; the rest is counted.
    std::size_t stderr_lines_per_second = 100;
    std::size_t tools_per_server_max = 10'000;
    /// Processes of one server beside the shared one; beyond it further clients wait.
    std::size_t processes_per_server_max = 64;
    /// A process that was sent so many requests, is so old or takes so much memory with all of its
    /// descendants gives way to a fresh one; 0 for no limit.
    std::size_t process_calls_max = 0;
    std::chrono::milliseconds process_age_max{0};
    std::size_t process_memory_max = 0;
};

} // namespace orch::actors
