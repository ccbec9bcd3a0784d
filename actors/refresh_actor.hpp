#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/messages.hpp"
#include "actors/registry_source.hpp"
#include "actors/server_board.hpp"

#include <caf/response_promise.hpp>

#include <memory>

namespace orch::actors {

/// Checks the servers of a project at the same time, so that one that hangs does not hold up the
/// others.
/// Owns: the refreshes under way.
/// Talks to: server actors.
/// Ends when: the supervisor tells it to.
/// On failure: a server that does not answer is reported with its last known status.
class refresh_actor final : public bridge::pinned_actor {
public:
    refresh_actor(caf::actor_config& config, bridge::io_unit& home, const registry_source& registry,
                  const server_board& board);

    caf::behavior make_behavior() override;

private:
    struct refresh_round {
        caf::response_promise promise;
        std::function<void(const status_report&)> on_report;
        status_reports reports;
        std::size_t missing = 0;
    };

    caf::response_promise on_refresh(const refresh_project& wanted);
    void ask(const std::shared_ptr<refresh_round>& round, const server_id& server);
    static void add(refresh_round& round, status_report report);

    const registry_source& registry_;
    const server_board& board_;
};

} // namespace orch::actors
