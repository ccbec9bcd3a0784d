#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/exposition.hpp"
#include "actors/runtime.hpp"

#include <caf/response_promise.hpp>

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace orch::actors {

/// The root of all actors: brings them up bottom to top, keeps a server actor for every server of
/// the registry, and ends them top to bottom.
/// Owns: the lifetime of every actor but the client sessions, which end by themselves.
/// Talks to: all of them; tells the runtime whether calls can be served.
/// Ends when: `shut_down` is done.
/// On failure: a server actor that failed is spawned anew.
class supervisor final : public bridge::pinned_actor {
public:
    supervisor(caf::actor_config& config, bridge::io_unit& home, runtime& runtime);

    caf::behavior make_behavior() override;
    void on_exit() override;

private:
    // Up.
    void on_start_up();
    void on_database(const database_started& started);
    void open_database();
    void on_open_reply(const reply<registry_opened>& reply);
    void on_opened(const registry_opened& opened);
    [[nodiscard]] result<void> make_recorders();
    void spawn_writers();
    void spawn_servers(const registry_opened& opened);
    void spawn_server(known_server known);
    void add_gauges(exposition& out) const;

    // Meanwhile.
    void on_tick();
    void on_registry_changed(const registry_changed& changed);
    void on_down(const caf::down_msg& down);

    // Down, one step after the other.
    caf::response_promise on_shut_down();
    void end_sessions();
    void end_servers();
    void end_writers();
    void end_database();
    /// Asks all, then goes on, whether they answered in time or not.
    template <class Reply, class Message>
    void ask_all(const std::vector<caf::actor>& actors, const Message& message,
                 std::chrono::seconds timeout, std::function<void()> next);
    void retire_server(const server_id& id);

    runtime& runtime_;
    storage::database_options database_;
    bool stopping_ = false;
    caf::actor postgres_;
    caf::actor call_writer_;
    caf::actor session_writer_;
    caf::actor server_log_writer_;
    std::unordered_map<server_id, caf::actor> servers_;
    std::size_t next_unit_ = 0;
    std::size_t ticks_ = 0;
    caf::response_promise shut_down_;
};

} // namespace orch::actors
