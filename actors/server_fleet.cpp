#include "actors/server_fleet.hpp"

#include "actors/bridge/coordinator.hpp"
#include "actors/server_actor.hpp"
#include "core/log.hpp"

#include <caf/actor_system.hpp>
#include <caf/send.hpp>

#include <algorithm>
#include <utility>

namespace orch::actors {

void server_fleet::open(model::registry_ptr registry, const registry_opened& stored) {
    followed_ = std::move(registry);
    std::unordered_map<server_id, known_server> known;
    for (const auto& server : stored.servers) {
        known[server.status.id] = {{}, server.status, server.lists, server.introduction};
    }
    for (const auto& server : followed_->servers()) {
        auto& entry = known[server.definition.id];
        entry.entry = server;
        // Whatever ran before this start does not run now.
        if (entry.status.state != model::server_state::error &&
            entry.status.state != model::server_state::unknown) {
            entry.status.state = model::server_state::stopped;
        }
        spawn(std::move(entry));
    }
}

void server_fleet::follow(model::registry_ptr registry) {
    const auto before = std::exchange(followed_, std::move(registry));
    for (const auto& server : followed_->servers()) {
        const auto& id = server.definition.id;
        const auto found = servers_.find(id);
        if (found == servers_.end()) {
            spawn({server, {}});
            continue;
        }
        const auto* known = before ? before->find_server(id) : nullptr;
        if (known == nullptr || *known != server) {
            caf::anon_send(found->second, change_server{server});
        }
    }
    std::vector<server_id> gone;
    for (const auto& [id, server] : servers_) {
        if (followed_->find_server(id) == nullptr) {
            gone.push_back(id);
        }
    }
    for (const auto& id : gone) {
        retire(id);
    }
}

void server_fleet::replace(const caf::actor_addr& failed, const model::registry& registry) {
    const auto found = std::find_if(servers_.begin(), servers_.end(), [&](const auto& server) {
        return server.second.address() == failed;
    });
    const auto* entry = found == servers_.end() ? nullptr : registry.find_server(found->first);
    if (entry == nullptr) {
        return;
    }
    log::error("supervisor", "the actor of server '{}' failed and is spawned anew",
               entry->definition.name);
    const auto view = services_.board.view(entry->definition.id).value_or(server_view{});
    spawn({*entry, view.status, view.lists, view.introduction});
}

void server_fleet::tick() {
    for (const auto& server : all()) {
        caf::anon_send(server, actors::tick{});
    }
    retiring_.tick();
}

std::vector<caf::actor> server_fleet::all() const {
    auto servers = retiring_.all();
    for (const auto& [id, server] : servers_) {
        servers.push_back(server);
    }
    return servers;
}

void server_fleet::spawn(known_server known) {
    const auto id = known.entry.definition.id;
    // Lists answer with what is known from now on; the actor says so only when its unit runs it.
    known.status.id = id;
    server_view view;
    view.status = known.status;
    view.lists = known.lists;
    view.introduction = known.introduction;
    view.starts = view.status.starts;
    view.restarts = view.status.restarts;
    services_.board.put(id, std::move(view));
    auto& units = bridge::coordinator::of(owner_.system());
    auto& unit = units.unit(next_unit_++ % units.unit_count());
    const caf::actor server = owner_.spawn<server_actor, caf::monitored>(
        std::ref(unit), std::cref(services_), std::move(known));
    servers_[id] = server;
    services_.board.put_actor(id, server);
}

void server_fleet::retire(const server_id& id) {
    services_.board.remove(id);
    // Its last words put it there once more.
    retiring_.add(servers_.extract(id).mapped(), [this, id] { services_.board.remove(id); });
}

} // namespace orch::actors
