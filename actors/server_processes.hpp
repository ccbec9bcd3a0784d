#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/retiring_servers.hpp"
#include "actors/server_services.hpp"

#include <caf/actor.hpp>

#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace orch::actors {

/// The processes of a server beside the one that all of its clients share, each with an actor of
/// its own. Member of the server's own actor. Bounded by `processes_per_server_max`.
class server_processes {
public:
    /// `on_gone` is called when a process that was retired is gone.
    server_processes(bridge::pinned_actor& owner, const server_services& services,
                     std::function<void()> on_gone)
        : owner_(owner), services_(services), on_gone_(std::move(on_gone)), retiring_(owner) {}
    server_processes(const server_processes&) = delete;
    server_processes& operator=(const server_processes&) = delete;

    /// Null when there is none with this key.
    [[nodiscard]] caf::actor find(const std::string& key) const;
    [[nodiscard]] bool full() const noexcept;
    /// Whether there is a place for one more. If not, one that nobody needs now is told to end,
    /// which makes a place when it is gone.
    [[nodiscard]] bool make_room();
    /// How many are there for clients of the principal.
    [[nodiscard]] std::size_t held_by(const std::string& principal) const;
    /// Makes one; it starts its process when it is asked for something. `known` says its role.
    caf::actor add(known_server known);

    /// The client uses the process until its session leaves, and has it asked for something.
    void use(const std::string& key, const client_card& client);
    /// Tells it to the process of the session, also to one that is made later.
    void want_logs(const std::string& key, const actors::want_logs& wanted);
    /// A process of one session ends with it; others hear of it, and end when they are idle.
    void leave(const session_left& left);
    /// One of them says how it is.
    void changed(const process_changed& news);
    /// Those that live now.
    [[nodiscard]] std::size_t alive() const;

    /// The one with that key, which there is.
    void end(const std::string& key) { retire(key); }
    void retire_all();
    /// Tells all of them; retiring ones too.
    template <class Message>
    void tell(const Message& message) const;
    /// Tells all of them the time, and kills those that take too long to retire.
    void tick();
    /// One of the owner's monitored actors failed.
    void down(const caf::actor_addr& failed);
    /// Without a word to anybody: the owner ends.
    void exit_all();
    [[nodiscard]] bool empty() const noexcept { return running_.empty() && retiring_.empty(); }

private:
    struct process {
        caf::actor actor;
        std::unordered_set<session_id> sessions;
        std::string principal;
        /// What it was asked so far.
        std::uint64_t asked = 0;
        bool lives = false;
        /// It was stopped when idle, and nothing was asked of it since.
        bool asleep = false;
    };

    void retire(const std::string& key);
    [[nodiscard]] std::vector<caf::actor> all() const;

    bridge::pinned_actor& owner_;
    const server_services& services_;
    const std::function<void()> on_gone_;
    std::unordered_map<std::string, process> running_;
    retiring_servers retiring_;
    /// What sessions said; bounded by those that are open.
    std::unordered_map<session_id, actors::want_logs> log_wishes_;
    std::size_t next_unit_ = 0;
};

} // namespace orch::actors
