#pragma once

#include "actors/messages.hpp"
#include "storage/database.hpp"

#include <caf/event_based_actor.hpp>

#include <unordered_map>
#include <unordered_set>

namespace orch::actors {

/// Keeps the rows of client sessions true: who is connected, since when, how many calls. Runs
/// detached: it may block on the database.
/// Owns: its database connection, the rows of live sessions, those that changed.
/// Talks to: nobody; hears sessions and recorders.
/// Ends when: the supervisor tells it to, after a last `flush_log`.
/// On failure: changed rows wait in memory; with `rows_max` of them new sessions are not
/// stored, and the diagnostics say so.
class session_writer final : public caf::event_based_actor {
public:
    session_writer(caf::actor_config& config, storage::database_options database,
                   instance_id instance);

    caf::behavior make_behavior() override;

private:
    static constexpr std::size_t rows_max = 100'000;

    /// Takes over what a writer before this one of the same instance left open.
    void recall(pqxx::connection& connection);
    void on_opened(const session_opened& opened);
    void on_identified(const session_identified& identified);
    void on_closed(const session_closed& closed);
    void on_calls(const calls_finished& finished);
    void on_write();
    void write();
    void mark(const session_id& id);

    storage::session session_;
    instance_id instance_;
    bool recalled_ = false;
    bool timer_armed_ = false;
    std::unordered_map<session_id, model::client_session> rows_;
    std::unordered_set<session_id> changed_;
};

} // namespace orch::actors
