#pragma once

#include "actors/messages.hpp"
#include "actors/tail_door.hpp"
#include "actors/waiting_lines.hpp"
#include "storage/database.hpp"

#include <caf/event_based_actor.hpp>

#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

namespace orch::actors {

/// Stores what servers say and what is known of them: log lines, status, lists. Runs detached: it
/// may block on the database.
/// Owns: its database connection, lines and states that wait.
/// Talks to: the tail of the log; hears server actors.
/// Ends when: the supervisor tells it to, after a last `flush_log`.
/// On failure: everything waits in memory; beyond `lines_max` the oldest lines are dropped, and the
/// log of their server tells how many. A state waits once per server, the latest wins.
class server_log_writer final : public caf::event_based_actor {
public:
    server_log_writer(caf::actor_config& config, storage::database_options database,
                      tail_door door);

    caf::behavior make_behavior() override;

private:
    static constexpr std::size_t lines_max = 20'000;

    void arm(std::chrono::milliseconds delay);
    void write();
    /// With states and lists that wait.
    [[nodiscard]] result<void> store(const std::vector<model::server_log_entry>& lines);
    /// To those who watch.
    void show(std::vector<model::server_log_entry> lines) const;

    storage::session session_;
    const tail_door door_;
    bool timer_armed_ = false;
    waiting_lines lines_{lines_max};
    std::unordered_map<server_id, model::server_status> states_;
    std::map<std::pair<server_id, model::list_kind>, item_set_ptr> lists_;
    std::unordered_map<server_id, introduction_ptr> introductions_;
};

} // namespace orch::actors
