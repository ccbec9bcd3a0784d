#pragma once

#include <caf/actor.hpp>
#include <caf/actor_system.hpp>

namespace orch::actors::bridge {

/// An address that stays while the actor behind it may be replaced, so that nobody who holds it
/// has to be told. Messages go straight on to the actor, which sees the sender and answers by
/// itself; while there is none, requests are answered with "receiver down" and the rest is dropped.
/// Callable from any thread. The actor system does not wait for it.
class post_box {
public:
    explicit post_box(caf::actor_system& system);

    /// May be copied and kept, longer than the post box.
    [[nodiscard]] const caf::actor& address() const noexcept { return address_; }
    /// From now on messages go to `target`; an invalid handle lets go of the present one.
    void deliver_to(const caf::actor& target) const;

private:
    class counter;

    caf::actor address_;
};

} // namespace orch::actors::bridge
