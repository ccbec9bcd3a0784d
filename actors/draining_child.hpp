#pragma once

#include "actors/actor_child.hpp"
#include "actors/open_requests.hpp"
#include "actors/server_messages.hpp"
#include "actors/stop_ladder.hpp"

#include <cstdint>
#include <optional>

namespace orch::actors {

/// The process whose place another one has taken: it answers what it was sent, then it ends.
/// Nobody can ask its client, since it serves several. Member of a server actor, which gives it the
/// messages of its life and resets it in `on_exit`.
class draining_child {
public:
    draining_child(bridge::pinned_actor& owner, server_profile& profile, const clock_source& clock,
                   const actor_options& options);

    /// Takes over the process and what it was sent; any earlier one has to be over.
    void begin(actor_child& child, open_requests& requests);
    /// End it, whatever it was asked.
    void stop();
    void withdraw(std::uint64_t number) { requests_.withdraw(number); }
    void tick();
    /// Kills it; what it was sent fails.
    void reset(const call_failure& failure);

    [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(child_); }
    [[nodiscard]] bool is_life(std::uint64_t generation) const noexcept {
        return child_.is_life(generation);
    }

    // What its process does.
    void on_line(child_line& message);
    void on_line_dropped(const child_line_dropped& message);
    void on_flooded();
    void on_exited(const server_exited& message);

private:
    void on_notification(std::string& line, const mcp::envelope& parts);
    void stop_when_done();

    server_profile& profile_;
    const clock_source& clock_;
    actor_child child_;
    open_requests requests_;
    stop_ladder ladder_;
    /// Absent while it has something to answer.
    std::optional<monotonic_time> next_step_;
};

} // namespace orch::actors
