#include "actors/actor_watch.hpp"

#include "core/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace orch::actors {

caf::actor actor_watch::add(std::string name, spawner spawn) {
    auto& added = all_.emplace_back(
        watched{std::move(name), std::move(spawn), bridge::post_box(owner_.system())});
    start(added);
    return added.box.address();
}

void actor_watch::start(watched& one) {
    one.resume_at.reset();
    const caf::actor actor = one.spawn();
    one.present = actor.address();
    one.box.deliver_to(actor);
    owner_.monitor(actor);
}

bool actor_watch::replace(const caf::down_msg& down) {
    const auto found = std::find_if(all_.begin(), all_.end(),
                                    [&](const watched& one) { return one.present == down.source; });
    if (found == all_.end()) {
        return false;
    }
    found->present = nullptr;
    found->box.deliver_to(nullptr);
    if (stopped_) {
        return true;
    }
    // Each is alone of its kind: there is nobody to spread the pauses against.
    const auto decision = found->restarts.crashed(owner_.home().clock().monotonic(), 0.0);
    if (decision.kind == restart_policy::verdict::give_up) {
        given_up_(fmt::format("the actor '{}' failed too often", found->name));
        return true;
    }
    log::error("supervisor", "the actor '{}' failed and is spawned anew", found->name);
    found->resume_at = decision.at;
    tick();
    return true;
}

void actor_watch::tick() {
    const auto now = owner_.home().clock().monotonic();
    for (auto& one : all_) {
        if (!stopped_ && one.resume_at && *one.resume_at <= now) {
            start(one);
        }
    }
}

void actor_watch::clear() {
    stopped_ = true;
    for (auto& one : all_) {
        one.box.deliver_to(nullptr);
        one.spawn = nullptr;
    }
}

} // namespace orch::actors
