#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/probe_messages.hpp"
#include "actors/server_services.hpp"

#include <caf/response_promise.hpp>

#include <memory>
#include <vector>

namespace orch::actors {

/// Tries definitions out: starts the server as it would be started for calls, asks for its tools,
/// and ends it again. Nothing of it is kept, and no list shows it.
/// Owns: the probes under way, `probes_max` at most, each with a server actor of its own.
/// Talks to: those server actors; answers `probe_server`.
/// Ends when: the supervisor tells it to; its servers end with it.
/// On failure: the probe reports what is known of its server.
class probe_actor final : public bridge::pinned_actor {
public:
    probe_actor(caf::actor_config& config, bridge::io_unit& home, const server_services& services);

    caf::behavior make_behavior() override;
    void on_exit() override;

    static constexpr std::size_t probes_max = 4;

private:
    struct probe;
    using probe_ptr = std::shared_ptr<probe>;

    caf::response_promise on_probe(const probe_server& wanted);
    void on_tick();
    /// While there are probes: their servers go by ticks, and so do their limits.
    void keep_ticking();
    /// Answers, if that was not done, and ends the server.
    void finish(const probe_ptr& ended);
    void forget(const probe_ptr& ended);

    const server_services& services_;
    std::vector<probe_ptr> probes_;
    bool ticking_ = false;
};

} // namespace orch::actors
