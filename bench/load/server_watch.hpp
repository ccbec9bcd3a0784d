#pragma once

#include "bench/load/process_usage.hpp"

#include "core/json_writer.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace orch::bench {

/// What the gateway's process used during a load, told per call. Of no process (0) it tells
/// nothing.
class server_watch {
public:
    explicit server_watch(pid_t server) : server_(server) {}

    /// Waits until the process is quiet, then looks.
    void begin();
    /// Waits until it is quiet again, so that what it does behind the answers counts, and looks.
    void end();

    /// `cpu_us_per_<unit>`, `tree_cpu_us_per_<unit>`, `drain_seconds`, `drained`, `resident_bytes`,
    /// and `cpu_us_per_<unit>_by_thread`.
    void write(json_writer& out, std::uint64_t units, std::string_view unit = "call") const;

private:
    pid_t server_;
    cpu_by_thread before_;
    cpu_by_thread used_;
    std::chrono::nanoseconds tree_{};
    std::chrono::duration<double> drained_{};
    bool is_quiet_ = false;
};

} // namespace orch::bench
