#pragma once

#include "actors/server_services.hpp"
#include "core/clock.hpp"
#include "mcp/handshake.hpp"

#include <string>
#include <utility>
#include <vector>

namespace orch::actors {

/// What one server is, what is known of it, and what others get to see: the board, the stored
/// status, tools and log. Used by one server actor.
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

    // The condition.
    [[nodiscard]] const model::server_status& status() const noexcept { return view_.status; }
    [[nodiscard]] status_report report() const { return {view_.status, view_.tools}; }
    /// Tells board and database. `problem` is empty while all is well; `pid` is 0 without a child.
    void publish(model::server_state state, std::string problem, int pid);
    /// For the next report, until the condition is published again.
    void set_problem(std::string problem);
    void count_start();
    void count_restart() noexcept { ++view_.restarts; }
    void mark_checked() { view_.status.last_checked = clock_.wall(); }
    void mark_connected();
    /// What the server says that it is.
    void introduce(const mcp::server_hello& hello);
    void mark_used();
    /// True when a use should be stored now: publish.
    [[nodiscard]] bool take_unsaved_use();
    [[nodiscard]] monotonic_time last_use() const noexcept { return last_use_; }

    // The tools.
    /// Null until they were listed once.
    [[nodiscard]] const tool_set_ptr& tools() const noexcept { return view_.tools; }
    /// The tool that a call means; null when there is none or nothing is known.
    [[nodiscard]] const model::tool* find_tool(const call_tool& call) const;
    enum class discovery { same, first, changed };
    /// Stores them if they are others than before.
    discovery adopt(std::vector<model::tool> tools);

    /// Writes to the server's log; what tells of the process' life to its timeline, too.
    void note(model::log_level level, model::log_category category, std::string message);

private:
    void add_to_timeline(const model::server_log_entry& entry);

    const server_services& services_;
    const clock_source& clock_;
    model::server_entry entry_;
    server_view view_;
    monotonic_time last_use_;
    bool use_unsaved_ = false;
};

} // namespace orch::actors
