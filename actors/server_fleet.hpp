#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/messages.hpp"
#include "actors/retiring_servers.hpp"
#include "actors/server_services.hpp"

#include <caf/actor.hpp>

#include <unordered_map>
#include <vector>

namespace orch::actors {

/// A server actor for every server of the registry, spread over the I/O units. Member of the
/// supervisor, which monitors them.
class server_fleet {
public:
    server_fleet(bridge::pinned_actor& owner, const server_services& services)
        : owner_(owner), services_(services), retiring_(owner) {}
    server_fleet(const server_fleet&) = delete;
    server_fleet& operator=(const server_fleet&) = delete;

    /// The first servers, with what the database knows of them.
    void open(model::registry_ptr registry, const registry_opened& stored);
    /// Starts, changes and retires servers until they fit the registry; those that are in it as
    /// they were hear nothing.
    void follow(model::registry_ptr registry);
    /// An actor that the owner monitors is down: if it is of the fleet, another takes its place.
    void replace(const caf::actor_addr& failed, const model::registry& registry);
    void tick();
    /// Those that are being retired included.
    [[nodiscard]] std::vector<caf::actor> all() const;

private:
    void spawn(known_server known);
    void retire(const server_id& id);

    bridge::pinned_actor& owner_;
    const server_services& services_;
    /// What the servers were last made to fit.
    model::registry_ptr followed_;
    std::unordered_map<server_id, caf::actor> servers_;
    /// Their servers are gone from the registry, but their processes may still live.
    retiring_servers retiring_;
    std::size_t next_unit_ = 0;
};

} // namespace orch::actors
