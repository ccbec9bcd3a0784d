#pragma once

#include "launcher/options.hpp"

namespace orch::launcher {

/// Watches over the child and all its descendants until none is left. All signals are blocked
/// and fetched here one by one, so nothing runs in a signal handler.
///
/// SIGTERM passes the stop signal on and starts the grace time; SIGINT, SIGQUIT and SIGHUP are
/// only passed on; SIGUSR1 kills everything now.
class supervisor {
public:
    supervisor(const options& wanted, pid_t child) : options_(wanted), child_(child) {}

    /// Returns the child's wait status when the child and every descendant are gone.
    [[nodiscard]] int run();

private:
    enum class remaining { none, some };

    void handle(int signal);
    void handle_orphaned();
    void stop_with(int signal);
    void forward(int signal) const;
    remaining reap();
    void kill_tree();
    [[nodiscard]] int next_signal() const;

    const options options_;
    const pid_t child_;
    bool child_ended_ = false;
    int status_ = 0;
    /// Monotonic milliseconds at which the tree is killed; 0: no such time.
    long kill_at_ms_ = 0;
};

} // namespace orch::launcher
