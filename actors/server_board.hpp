#pragma once

#include "actors/messages.hpp"
#include "core/ids.hpp"
#include "core/model/observation.hpp"

#include <caf/actor.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace orch::actors {

/// How one server came and went: its starts, handshakes, ends and crashes, oldest first.
using server_timeline = std::vector<model::server_log_entry>;

/// What is known of one server right now.
struct server_view {
    model::server_status status;
    item_lists lists;
    /// Null before the first handshake.
    introduction_ptr introduction;
    /// 0 while no process lives.
    int pid = 0;
    /// That live: this one, and those that serve single sessions or users.
    std::size_t processes = 0;
    /// Calls of clients that wait for one of those.
    std::size_t waiting = 0;
    std::uint64_t starts = 0;
    std::uint64_t restarts = 0;
    /// Of the process that lives.
    std::optional<std::chrono::system_clock::time_point> started_at;
    /// What it said of itself in the last handshake; empty before the first.
    std::string server_name;
    std::string server_version;
    std::string protocol_version;
    /// The last of this run of the orchestrator, `timeline_max` at most; the server's log has all.
    std::shared_ptr<const server_timeline> timeline;

    static constexpr std::size_t timeline_max = 50;
};

/// The last known condition of every server and the way to its actor. Server actors write, lists
/// read: a list never asks a process. Callable from any thread.
class server_board {
public:
    void put(const server_id& id, server_view view);
    void put_actor(const server_id& id, caf::actor actor);
    void remove(const server_id& id);

    [[nodiscard]] std::optional<server_view> view(const server_id& id) const;
    /// Invalid handle when there is no such server.
    [[nodiscard]] caf::actor actor(const server_id& id) const;
    [[nodiscard]] std::vector<caf::actor> actors() const;
    /// Lets go of all actors; at shutdown.
    void clear_actors();

private:
    struct slot {
        server_view view;
        caf::actor actor;
    };

    mutable std::mutex mutex_;
    std::unordered_map<server_id, slot> slots_;
};

} // namespace orch::actors
