#pragma once

#include "actors/own_secrets.hpp"
#include "actors/server_services.hpp"
#include "core/clock.hpp"
#include "mcp/handshake.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orch::actors {

/// What one server is, what is known of it, and what others get to see: the board, the stored
/// status, lists and log. Used by one server actor.
class server_profile {
public:
    server_profile(known_server known, const server_services& services, const clock_source& clock);

    [[nodiscard]] const model::server_definition& definition() const noexcept {
        return entry_.definition;
    }
    /// Whether other tools than before are switched on.
    [[nodiscard]] bool redefine(model::server_entry entry);
    [[nodiscard]] bool offers(const std::string& tool) const { return entry_.offers(tool); }
    /// For sentences: `server 'name'`.
    [[nodiscard]] std::string who() const;

    /// What the server says of a failure, without the secrets that it was given.
    [[nodiscard]] std::string hidden(std::string text) const;
    [[nodiscard]] bool holds_secret(std::string_view text) const noexcept {
        return secrets_.found_in(text) || earlier_secrets_.found_in(text);
    }

    /// What another process of the server begins with.
    [[nodiscard]] known_server sibling(process_role role) const;

    // The condition.
    [[nodiscard]] const model::server_status& status() const noexcept { return view_.status; }
    [[nodiscard]] status_report report() const { return {view_.status, view_.lists.tools()}; }
    /// What runs at present: a process with its pid, or the link to a remote server.
    struct running {
        bool lives = false;
        int pid = 0;
    };
    /// Tells board and database. `problem` is empty while all is well.
    void publish(model::server_state state, std::string problem, running child);
    /// Whether this launch of the server asks its clients; absent while nobody knows.
    [[nodiscard]] std::optional<bool> needs_client() const;
    /// Stored when the condition is published.
    void set_needs_client(bool needs);
    /// So many processes of the server live beside this one, and so many calls wait for one.
    void set_others(std::size_t processes, std::size_t waiting);
    /// For the next report, until the condition is published again.
    void set_problem(std::string problem);
    void count_start();
    void count_restart() noexcept { ++view_.restarts; }
    void mark_checked() { view_.status.last_checked = clock_.wall(); }
    void mark_connected();
    /// What the server says that it is and can. Stored if it is something new.
    void introduce(const mcp::server_hello& hello);
    /// What it said in the last handshake.
    [[nodiscard]] const mcp::server_capabilities& offered() const noexcept { return offered_; }
    void mark_used();
    /// True when a use should be stored now: publish.
    [[nodiscard]] bool take_unsaved_use();
    [[nodiscard]] monotonic_time last_use() const noexcept { return last_use_; }

    // The lists.
    /// Null until it was read once.
    [[nodiscard]] const item_set_ptr& items(model::list_kind kind) const noexcept {
        return view_.lists.of(kind);
    }
    /// The item that a request means; null when there is none or nothing is known.
    [[nodiscard]] const model::listed_item* find_item(const forward_request& request) const;
    enum class discovery { same, first, changed };
    /// Stores them if they are others than before.
    discovery adopt(model::list_kind kind, std::vector<model::listed_item> items);

    /// Writes to the server's log, without its secrets; what tells of the process' life to its
    /// timeline, too.
    void note(model::log_level level, model::log_category category, std::string message);

private:
    void forget_other_launch();
    void add_to_timeline(const model::server_log_entry& entry);

    const server_services& services_;
    const clock_source& clock_;
    model::server_entry entry_;
    own_secrets secrets_;
    /// Those of the definition before, with which a process may still run.
    own_secrets earlier_secrets_;
    server_view view_;
    mcp::server_capabilities offered_;
    /// Whether it is one of several processes: the server's condition is told by another one.
    const bool aside_;
    std::size_t other_processes_ = 0;
    monotonic_time last_use_;
    bool use_unsaved_ = false;
};

} // namespace orch::actors
