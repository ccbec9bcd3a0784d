#include "actors/server_board.hpp"

namespace orch::actors {

void server_board::put(const server_id& id, server_view view) {
    const std::lock_guard lock(mutex_);
    slots_[id].view = std::move(view);
}

void server_board::put_actor(const server_id& id, caf::actor actor) {
    const std::lock_guard lock(mutex_);
    slots_[id].actor.swap(actor);
}

void server_board::remove(const server_id& id) {
    slot removed;
    const std::lock_guard lock(mutex_);
    const auto found = slots_.find(id);
    if (found != slots_.end()) {
        removed = std::move(found->second);
        slots_.erase(found);
    }
}

std::optional<server_view> server_board::view(const server_id& id) const {
    const std::lock_guard lock(mutex_);
    const auto found = slots_.find(id);
    return found == slots_.end() ? std::nullopt : std::optional(found->second.view);
}

caf::actor server_board::actor(const server_id& id) const {
    const std::lock_guard lock(mutex_);
    const auto found = slots_.find(id);
    return found == slots_.end() ? caf::actor{} : found->second.actor;
}

std::vector<caf::actor> server_board::actors() const {
    const std::lock_guard lock(mutex_);
    std::vector<caf::actor> actors;
    for (const auto& [id, known] : slots_) {
        if (known.actor) {
            actors.push_back(known.actor);
        }
    }
    return actors;
}

void server_board::clear_actors() {
    std::vector<caf::actor> removed;
    const std::lock_guard lock(mutex_);
    for (auto& [id, known] : slots_) {
        removed.push_back(std::move(known.actor));
        known.actor = nullptr;
    }
}

} // namespace orch::actors
