#pragma once

#include "actors/messages.hpp"
#include "core/clock.hpp"
#include "storage/database.hpp"
#include "storage/options.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/response_promise.hpp>

#include <optional>
#include <string>
#include <vector>

namespace orch::actors {

struct retention_setup {
    storage::database_options database;
    storage::spool_options spool;
    instance_id instance;
    const clock_source& clock;
    /// Before a day that somebody reads, or the spool, is looked at again.
    std::chrono::milliseconds busy_pause{1'000};
};

/// Forgets what is older than its project keeps it (`storage/retention.hpp`), in steps: a day of
/// calls, or a few thousand rows. Runs detached: it may block on the database.
/// Owns: its database connection, the round under way.
/// Talks to: nobody; begins a round when it is spawned, and whenever it gets `forget_old`.
/// Ends when: the supervisor tells it to, between two steps.
/// Days of calls wait for what an earlier run left in the spool, until the second round at most:
/// its records may be stored already, and would be counted again if their day were gone. On
/// failure: a day that is read all the time is left for the next round, anything else ends the
/// round. Said once, until a round succeeds again.
class retention_actor final : public caf::event_based_actor {
public:
    retention_actor(caf::actor_config& config, retention_setup setup);

    caf::behavior make_behavior() override;
    void on_exit() override;

private:
    struct round {
        wall_time now;
        /// Tables that are left, oldest last; absent while they are not known.
        std::optional<std::vector<std::string>> days = {};
        /// How often they, or the next of them, had to wait.
        int busy = 0;
        /// Index of the table whose rows go next.
        std::size_t table = 0;
        forgotten done = {};
    };

    caf::response_promise on_forget();
    void begin();
    void on_next();
    /// Whether the days of this round wait for the spool.
    [[nodiscard]] bool awaits_remains();
    /// True when there may be more to do.
    [[nodiscard]] bool step(pqxx::connection& connection);
    void on_failure(const error& why);
    void end();
    void complain(const std::string& why);

    retention_setup setup_;
    storage::session session_;
    std::optional<round> round_;
    /// Whether nothing of an earlier run is waited for any more.
    bool remains_over_ = false;
    /// Whether the last round failed, which was said.
    bool failing_ = false;
    std::vector<caf::response_promise> waiters_;
    /// Wait for a round that began after they asked.
    std::vector<caf::response_promise> next_waiters_;
};

} // namespace orch::actors
