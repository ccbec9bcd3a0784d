#pragma once

#include "actors/bridge/io_unit.hpp"

#include <caf/event_based_actor.hpp>

namespace orch::actors::bridge {

/// Base of actors that live on one io unit for their whole life: their handlers and the I/O
/// callbacks of that unit never run at the same time, so they share objects without locks.
class pinned_actor : public caf::event_based_actor {
public:
    pinned_actor(caf::actor_config& config, io_unit& home);

    using caf::event_based_actor::enqueue;
    void enqueue(caf::mailbox_element_ptr message, caf::execution_unit* sender) override;
    void launch(caf::execution_unit* unit, bool lazy, bool hide) override;

    [[nodiscard]] io_unit& home() noexcept { return home_; }

private:
    io_unit& home_;
};

/// Handlers for what CAF would print to stdout: unknown messages, lost peers, exceptions. Logs
/// them under `name`; an exception ends the actor, its supervisor decides.
void install_default_handlers(caf::scheduled_actor& actor, const char* name);

} // namespace orch::actors::bridge
