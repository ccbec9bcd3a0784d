#pragma once

#include "actors/actor_watch.hpp"
#include "actors/bridge/pinned_actor.hpp"
#include "actors/runtime.hpp"
#include "actors/server_fleet.hpp"
#include "actors/shutdown_sequence.hpp"

#include <caf/response_promise.hpp>

#include <functional>
#include <optional>
#include <string>

namespace orch::actors {

/// The last uses of keys are stored, or cannot be: go on with the stop. Supervisor → itself.
struct key_uses_stored {};

/// The root of all actors: brings them up bottom to top, watches over them, and ends them top to
/// bottom.
/// Owns: the lifetime of every actor but the client sessions, which end by themselves.
/// Talks to: all of them; tells the runtime whether calls can be served.
/// Ends when: `shut_down` is done.
/// On failure: an actor that failed is spawned anew; one of which there is only one brings the
/// orchestrator to `failed` when it fails too often.
class supervisor final : public bridge::pinned_actor {
public:
    supervisor(caf::actor_config& config, bridge::io_unit& home, runtime& runtime);

    caf::behavior make_behavior() override;
    void on_exit() override;

private:
    // Up.
    void on_start_up();
    void start_postgres();
    void on_database(const database_started& started);
    /// Final only as long as the private PostgreSQL never ran.
    void on_unusable(const database_unusable& unusable);
    void await_database(const std::string& reason);
    void fail(const std::string& reason);
    void start_registry();
    void open_database();
    void on_open_reply(const reply<registry_opened>& reply);
    void on_opened(const registry_opened& opened);
    void spawn_sinks();
    [[nodiscard]] result<void> make_recorders();
    void spawn_call_writer();
    void make_services();

    // Meanwhile.
    void on_tick();
    void end_idle_sessions();
    /// When the signed-in were seen last, and who is not any more.
    void store_logins();
    /// Those whose key was revoked, say, whatever they are doing.
    void end_unwelcome_sessions();
    /// The same for those who watch a log.
    void review_all_watchers();
    /// `next` is called on a database thread, or at once when there is nothing to store.
    void store_key_uses(key_ledger::taking which, std::function<void()> next);
    /// Every hour or so, beside the round that begins with the start.
    void forget_old_records();
    void on_registry_changed(const registry_changed& changed);
    void on_down(const caf::down_msg& down);

    // Down.
    caf::response_promise on_shut_down();
    void run_shutdown();

    runtime& runtime_;
    storage::database_options database_;
    actor_watch watch_{*this, [this](const std::string& reason) {
                           fail(reason);
                       }};
    // Addresses of the watch.
    caf::actor postgres_;
    caf::actor call_writer_;
    caf::actor session_writer_;
    caf::actor server_log_writer_;
    caf::actor retention_;
    /// From when the database was read.
    std::optional<server_fleet> servers_;
    std::size_t ticks_ = 0;
    /// Absent until the first look: the first round begins with the actor.
    std::optional<monotonic_time> forget_at_;
    bool stopping_ = false;
    shutdown_sequence shutdown_{*this};
    caf::response_promise shut_down_;
};

} // namespace orch::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(orch::actors::key_uses_stored)
