#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/messages.hpp"
#include "actors/refresh_summary.hpp"
#include "actors/registry_source.hpp"
#include "actors/server_board.hpp"

#include <caf/response_promise.hpp>

#include <memory>
#include <vector>

namespace orch::actors {

/// Checks servers at the same time, so that one that hangs does not hold up the others: those of a
/// project all at once, those of all projects a few at a time.
/// Owns: the refreshes under way.
/// Talks to: server actors.
/// Ends when: the supervisor tells it to.
/// On failure: a server that does not answer is reported with its last known status.
class refresh_actor final : public bridge::pinned_actor {
public:
    refresh_actor(caf::actor_config& config, bridge::io_unit& home, const registry_source& registry,
                  const server_board& board);

    caf::behavior make_behavior() override;
    void on_exit() override;

private:
    struct refresh_round {
        caf::response_promise promise;
        std::function<void(const status_report&)> on_report;
        status_reports reports;
        std::size_t missing = 0;
    };
    /// A check of all servers, of which there is one at a time.
    struct refresh_sweep {
        caf::response_promise promise;
        std::vector<server_id> servers;
        std::size_t next = 0;
        std::size_t under_way = 0;
        refresh_all wanted;
        monotonic_time until;
        refresh_summary summary = {};
    };

    caf::response_promise on_refresh(const refresh_project& wanted);
    void ask(const std::shared_ptr<refresh_round>& round, const server_id& server);
    static void add(refresh_round& round, status_report report);

    caf::response_promise on_refresh_all(const refresh_all& wanted);
    /// Asks as many servers as may be asked now; answers when there are none left.
    void go_on();
    void ask_next();
    void one_done();

    const registry_source& registry_;
    const server_board& board_;
    std::unique_ptr<refresh_sweep> sweep_;
};

} // namespace orch::actors
