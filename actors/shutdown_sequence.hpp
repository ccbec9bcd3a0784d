#pragma once

#include "actors/bridge/pinned_actor.hpp"

#include <caf/actor.hpp>

#include <chrono>
#include <functional>
#include <vector>

namespace orch::actors {

/// The actors that a shutdown ends, in this order. Handles may be invalid: what never started is
/// not waited for.
struct shutdown_order {
    /// Told at once: their calls end with their servers at the latest.
    std::vector<caf::actor> sessions = {};
    /// Asked to `stop_server`, then ended.
    std::vector<caf::actor> servers = {};
    /// Asked to `flush_log` once sessions and servers have ended, so that no call can end any more.
    std::vector<caf::actor> writers = {};
    /// End with the writers.
    std::vector<caf::actor> others = {};
    /// Asked to `stop_server` when nobody writes any more.
    caf::actor postgres = {};
};

/// Ends the actors from top to bottom, one step after the other; a step that gets no answer in
/// time does not hold up the next. Member of the supervisor.
class shutdown_sequence {
public:
    explicit shutdown_sequence(bridge::pinned_actor& owner) : owner_(owner) {}
    shutdown_sequence(const shutdown_sequence&) = delete;
    shutdown_sequence& operator=(const shutdown_sequence&) = delete;

    /// Calls `done` on the owner's unit when the last of them is told to end.
    void run(shutdown_order order, std::function<void()> done);

private:
    void end_sessions();
    void end_servers();
    /// Waits until servers and sessions are gone, and whoever they spoke to last has heard it.
    void see_them_off();
    void pass_units();
    void end_writers();
    void end_postgres();
    /// Asks all, then goes on, whether they answered in time or not.
    template <class Reply, class Message>
    void ask_all(const std::vector<caf::actor>& actors, const Message& message,
                 std::chrono::seconds timeout, std::function<void()> next);
    void let_go(std::vector<caf::actor>& actors);

    bridge::pinned_actor& owner_;
    shutdown_order order_;
    std::function<void()> done_;
};

} // namespace orch::actors
