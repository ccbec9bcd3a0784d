#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/bridge/post_box.hpp"
#include "actors/restart_policy.hpp"

#include <caf/actor.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace orch::actors {

/// The actors that the orchestrator cannot do without. One that died is spawned anew behind the
/// same address: at once, then with growing pauses, and no more when it dies too often. What stood
/// in its mailbox is lost. Member of the supervisor, which passes on its down messages and ticks.
class actor_watch {
public:
    using spawner = std::function<caf::actor()>;

    /// `given_up` gets a sentence about an actor that died too often.
    actor_watch(bridge::pinned_actor& owner, std::function<void(const std::string&)> given_up)
        : owner_(owner), given_up_(std::move(given_up)) {}
    actor_watch(const actor_watch&) = delete;
    actor_watch& operator=(const actor_watch&) = delete;

    /// Spawns the actor. The address that comes back is good as long as the process.
    caf::actor add(std::string name, spawner spawn);
    /// An actor that the owner monitors is down. False when it is none of these.
    bool replace(const caf::down_msg& down);
    /// Spawns those whose pause is over.
    void tick();
    /// From now on the dead stay dead: they are meant to end.
    void stop() noexcept { stopped_ = true; }
    /// Lets go of all actors, which does not end them.
    void clear();

private:
    struct watched {
        std::string name;
        spawner spawn;
        bridge::post_box box;
        caf::actor_addr present = {};
        restart_policy restarts = {};
        std::optional<monotonic_time> resume_at = {};
    };

    void start(watched& one);

    bridge::pinned_actor& owner_;
    std::function<void(const std::string&)> given_up_;
    std::vector<watched> all_;
    bool stopped_ = false;
};

} // namespace orch::actors
