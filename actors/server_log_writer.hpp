#pragma once

#include "actors/messages.hpp"
#include "storage/database.hpp"

#include <caf/event_based_actor.hpp>

#include <deque>
#include <unordered_map>

namespace orch::actors {

/// Stores what servers say and what is known of them: log lines, status, tools. Runs detached: it
/// may block on the database.
/// Owns: its database connection, lines and states that wait.
/// Talks to: nobody; hears server actors.
/// Ends when: the supervisor tells it to, after a last `flush_log`.
/// On failure: everything waits in memory; beyond `lines_max` the oldest lines are dropped and
/// counted. A state waits once per server, the latest wins.
class server_log_writer final : public caf::event_based_actor {
public:
    server_log_writer(caf::actor_config& config, storage::database_options database);

    caf::behavior make_behavior() override;

private:
    static constexpr std::size_t lines_max = 20'000;

    void on_line(const server_logged& line);
    void arm(std::chrono::milliseconds delay);
    void write();
    [[nodiscard]] result<void> store();

    storage::session session_;
    bool timer_armed_ = false;
    std::deque<model::server_log_entry> lines_;
    std::uint64_t dropped_ = 0;
    std::unordered_map<server_id, model::server_status> states_;
    std::unordered_map<server_id, tool_set_ptr> tools_;
};

} // namespace orch::actors
