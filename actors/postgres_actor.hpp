#pragma once

#include "actors/actor_child.hpp"
#include "actors/answer_list.hpp"
#include "actors/bridge/pinned_actor.hpp"
#include "actors/messages.hpp"
#include "actors/restart_policy.hpp"
#include "storage/private_cluster.hpp"

#include <caf/response_promise.hpp>

#include <string>

namespace orch::actors {

/// The private PostgreSQL of the data directory.
/// Owns: the postgres process and what makes it: initdb, the stop of a leftover.
/// Talks to: the supervisor, which hears `database_started`, `database_lost`, `database_unusable`.
/// Ends when: `stop_server` is answered and the supervisor lets it go.
/// On failure: it is started again after growing pauses, for ever, whether it crashed or could not
/// be started; PostgreSQL recovers by itself.
class postgres_actor final : public bridge::pinned_actor {
public:
    postgres_actor(caf::actor_config& config, bridge::io_unit& home,
                   storage::private_cluster cluster, std::string launcher,
                   net::child_options options, caf::actor supervisor);

    caf::behavior make_behavior() override;
    void on_exit() override;

private:
    enum class phase { stopping_leftover, making, starting, running, pausing, stopping, ended };

    void begin();
    void run_command(phase next, const storage::command_line& command);
    void on_stderr_line(const std::string& line);
    void on_exited(const server_exited& exited);
    void on_tick();
    void crashed(const std::string& how);
    /// It cannot even be started as things are.
    void obstructed(const std::string& why);
    /// Tries again when the policy says so, and not sooner than after `least`.
    void pause(std::chrono::seconds least);
    caf::response_promise on_stop();

    storage::private_cluster cluster_;
    const std::string launcher_;
    const net::child_options options_;
    caf::actor supervisor_;
    restart_policy restarts_;
    phase phase_ = phase::ended;
    actor_child child_;
    monotonic_time resume_at_{};
    std::string last_line_;
    answer_list<stopped> stop_waiters_;
};

} // namespace orch::actors
