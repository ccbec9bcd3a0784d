#pragma once

#include "actors/row_watcher.hpp"
#include "actors/tail_gate.hpp"
#include "core/model/observation.hpp"
#include "storage/database.hpp"

#include <caf/event_based_actor.hpp>

#include <atomic>
#include <list>
#include <memory>
#include <optional>
#include <vector>

namespace orch::actors {

/// Shows the rows of one log to those who watch it: each row that a watcher wants once, in the
/// order of the ids, in which their writer stores them. Rows come from the writer's memory; from
/// the database come those before a watch began, and those that a slow watcher fell behind with.
/// Runs detached: it may block on the database.
/// Owns: its database connection, the watchers and how far each of them is.
/// Talks to: the watchers' streams; hears the writer of the log.
/// Ends when: the supervisor tells it to.
/// On failure: the streams break off, and their clients come back with `Last-Event-ID`. While the
/// database is away nothing is stored, so nothing is shown either.
template <class Row>
class row_tail final : public caf::event_based_actor {
public:
    row_tail(caf::actor_config& config, const storage::database_options& database,
             std::shared_ptr<tail_gate> gate);

    caf::behavior make_behavior() override;
    void on_exit() override;

private:
    struct watch {
        std::uint64_t number = 0;
        std::shared_ptr<row_watcher<Row>> watcher;
        /// The last row that it was shown, or does not need; nothing before it was greeted.
        std::optional<uuid> last;
        bool is_greeted = false;
        /// What it wants next is to be read from the database.
        bool is_behind = true;
        /// Ever sent to it. Its stream reads it, on another thread, when it is empty.
        std::shared_ptr<std::atomic<std::size_t>> bytes_sent =
            std::make_shared<std::atomic<std::size_t>>(0);
        /// Of those, what was gone when its stream was last known to be empty.
        std::size_t bytes_read = 0;
        bool awaits_drain = false;
        /// A `walk_on` of it is in the mailbox.
        bool walks = false;
        /// Shorter where the database is too slow for it.
        storage::walk_limits stride = {};

        [[nodiscard]] std::size_t bytes_under_way() const noexcept {
            return bytes_sent->load() - bytes_read;
        }
    };
    using watch_list = std::list<watch>;

    void on_watch(const watch_rows<Row>& wanted);
    void on_stored(const rows_stored<Row>& stored);
    void on_drained(watcher_drained drained);
    void on_left(std::uint64_t number);
    void on_walk(std::uint64_t number);
    void review();
    void catch_up_all();

    /// Reads on where the watcher is; waits for a better time when the database is away.
    void catch_up(watch& one);
    void on_unread(watch& one, const error& why);
    /// At its next turn, so that others have theirs.
    void walk_later(watch& one);
    void greet(watch& one);
    /// Sends a frame, and hears when it is gone.
    void feed(watch& one, const net::frame& frame);
    void await_drain(watch& one);
    /// False when there is no room for another row.
    [[nodiscard]] bool show(watch& one, const Row& row, net::frame& frame);
    [[nodiscard]] typename watch_list::iterator find(std::uint64_t number);
    void retry_later();
    void note_size();

    storage::session session_;
    std::shared_ptr<tail_gate> gate_;
    watch_list watches_;
    std::uint64_t numbers_ = 0;
    bool retry_armed_ = false;
    bool database_away_ = false;
};

extern template class row_tail<model::call_record>;
extern template class row_tail<model::server_log_entry>;

} // namespace orch::actors
