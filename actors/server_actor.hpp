#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/messages.hpp"
#include "actors/open_calls.hpp"
#include "actors/options.hpp"
#include "actors/output_gate.hpp"
#include "actors/restart_policy.hpp"
#include "actors/server_board.hpp"
#include "actors/session_registry.hpp"
#include "core/clock.hpp"
#include "core/uuid.hpp"
#include "mcp/tool_list.hpp"
#include "net/child_process.hpp"
#include "net/options.hpp"

#include <caf/response_promise.hpp>

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace orch::actors {

/// What every server actor gets from the application; outlives all of them.
struct server_services {
    server_board& board;
    session_registry& sessions;
    uuid_sequence& sequence;
    caf::actor server_log_writer;
    actor_options options;
    net::child_options child;
    /// Path of the launcher binary.
    std::string launcher;
    /// What a child sees besides its own variables.
    model::name_value_list base_environment;
    std::string version;
};

/// What was stored of a server before this actor was started.
struct known_server {
    model::server_entry entry;
    model::server_status status;
    tool_set_ptr tools;
};

/// One MCP server process.
/// Owns: the child, its open calls and its list of tools.
/// Talks to: session actors (calls, lists), server log writer (log, status, tools).
/// Ends when: the supervisor tells it to; a crash of the child only restarts the child.
/// On failure: every open call is answered at once; nothing that was sent is sent again.
class server_actor final : public bridge::pinned_actor {
public:
    server_actor(caf::actor_config& config, bridge::io_unit& home, const server_services& services,
                 known_server known);

    caf::behavior make_behavior() override;
    void on_exit() override;

private:
    enum class phase {
        idle,     ///< no child
        starting, ///< child runs, handshake or first listing under way
        ready,
        stopping, ///< stdin closed, waiting for the exit
        pausing,  ///< crashed, restart at `resume_at_`
        failed    ///< crashed too often, or cannot start; calls may try again at `resume_at_`
    };
    /// What a request of our own to the server was for.
    enum class errand { initialize, list_tools, ping };

    // Messages, in the order of the behavior.
    void on_call(call_tool& call);
    void on_cancel(const cancel_call& cancel);
    void on_list(const list_tools& request);
    void on_line(child_line& message);
    void on_line_dropped(const child_line_dropped& message);
    void on_flooded(const child_flooded& message);
    void on_stderr(child_stderr& message);
    void on_exited(const server_exited& message);
    void on_tick();
    void on_change(change_server& change);
    caf::response_promise on_refresh();
    caf::response_promise on_stop();

    // Life of the child.
    void ensure_started();
    void start();
    void begin_handshake();
    void handshake_done(std::string& line, const mcp::envelope& parts);
    void become_ready();
    void begin_stop();
    void crashed(const std::string& how);
    void start_failed(const std::string& why);
    void after_exit(const std::string& how);
    void check_deadlines(monotonic_time now);
    void check_phase_timer(monotonic_time now);

    // Lines of the child.
    void on_response(std::string& line, const mcp::envelope& parts);
    void on_errand_done(errand kind, std::string& line, const mcp::envelope& parts);
    void on_server_request(const std::string& line, const mcp::envelope& parts);
    void on_notification(std::string& line, const mcp::envelope& parts);
    void on_progress(std::string& line, const mcp::envelope& parts);
    void request_tools(std::string_view raw_cursor);
    void collect_tools(std::string& line, const mcp::envelope& parts);
    void adopt_tools(std::vector<model::tool> tools);

    /// A line that may have been an answer is lost: with one call open it was that one's.
    void fail_only_call(const std::string& why);

    // Calls.
    void forward(call_tool& call);
    void forward_queue();
    void fail_queue(call_fault fault, const std::string& reason);
    void fail(std::uint64_t number, const open_call& call, call_fault fault, std::string reason);
    [[nodiscard]] const model::tool* resolve_tool(const call_tool& call) const;
    void send_errand(errand kind, std::string_view method, std::string_view params);
    [[nodiscard]] bool write(std::string line);

    // What others see.
    void publish(model::server_state state, std::string problem);
    void note(model::log_level level, model::log_category category, std::string message);
    void answer_waiters();
    [[nodiscard]] status_report report() const;
    [[nodiscard]] monotonic_time now() const { return clock_.monotonic(); }
    [[nodiscard]] std::string who() const;

    const server_services& services_;
    const clock_source& clock_;
    model::server_entry entry_;
    server_view view_;
    restart_policy restarts_;

    phase phase_ = phase::idle;
    std::unique_ptr<net::child_process> child_;
    /// Tells messages of the present child from those of earlier ones.
    std::uint64_t generation_ = 0;
    /// End of the handshake or of the stop, or time of the next start, by phase.
    monotonic_time resume_at_{};
    bool term_sent_ = false;
    monotonic_time last_use_{};
    bool last_use_unsaved_ = false;
    /// The first message the child wrote outside of the protocol, for the error text.
    std::string last_stderr_;

    open_calls calls_;
    std::deque<call_tool> queue_;
    std::unordered_map<std::uint64_t, errand> errands_;
    std::vector<model::tool> listing_;
    std::vector<list_tools> list_waiters_;
    std::vector<caf::response_promise> refresh_waiters_;
    monotonic_time refresh_deadline_{};
    std::vector<caf::response_promise> stop_waiters_;

    /// Shared with the callbacks of the present child.
    std::shared_ptr<output_gate> gate_;
};

} // namespace orch::actors
