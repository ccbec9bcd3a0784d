#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "core/clock.hpp"

#include <caf/actor.hpp>
#include <caf/actor_addr.hpp>

#include <cstddef>
#include <functional>
#include <vector>

namespace orch::actors {

/// Server actors that were told to end and whose processes may still live: they go on hearing of
/// the time, by which they end what does not end by itself. Member of the actor that spawned them.
class retiring_servers {
public:
    explicit retiring_servers(bridge::pinned_actor& owner) : owner_(owner) {}
    retiring_servers(const retiring_servers&) = delete;
    retiring_servers& operator=(const retiring_servers&) = delete;

    /// `on_gone` is called when its process is gone, or it did not end in time and was killed.
    /// Nobody ends the actor itself: a session may still hold it, and it answers the calls of that
    /// session. It ends with the last handle to it.
    void add(const caf::actor& server, std::function<void()> on_gone);
    /// Kills those whose time is over.
    void tick();
    /// One of the owner's monitored actors failed.
    void down(const caf::actor_addr& failed);
    void clear() noexcept { leaving_.clear(); }

    [[nodiscard]] std::vector<caf::actor> all() const;
    [[nodiscard]] std::size_t size() const noexcept { return leaving_.size(); }
    [[nodiscard]] bool empty() const noexcept { return leaving_.empty(); }

private:
    struct leaving {
        caf::actor server;
        std::function<void()> on_gone;
        monotonic_time deadline;
    };

    void gone(const caf::actor_addr& server);

    bridge::pinned_actor& owner_;
    std::vector<leaving> leaving_;
};

} // namespace orch::actors
