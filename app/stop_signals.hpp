#pragma once

#include <chrono>

namespace orch::app {

/// SIGINT, SIGTERM and SIGHUP as something to wait for. Made before the first thread, so that all
/// threads inherit the blocked mask; used by the main thread. Ignores SIGPIPE.
class stop_signals {
public:
    stop_signals();
    ~stop_signals();
    stop_signals(const stop_signals&) = delete;
    stop_signals& operator=(const stop_signals&) = delete;

    /// Whether a signal came in that time.
    [[nodiscard]] bool wait_for(std::chrono::milliseconds time);
    void wait();
    /// From now on a signal ends the process at once.
    void exit_on_next();

private:
    int descriptor_ = -1;
};

} // namespace orch::app
