#pragma once

#include "actors/actor_child.hpp"
#include "actors/answer_list.hpp"
#include "actors/bridge/pinned_actor.hpp"
#include "actors/messages.hpp"
#include "actors/open_errands.hpp"
#include "actors/open_requests.hpp"
#include "actors/refresh_waiters.hpp"
#include "actors/restart_policy.hpp"
#include "actors/server_profile.hpp"
#include "actors/server_services.hpp"
#include "actors/tool_listing.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orch::actors {

/// One MCP server process.
/// Owns: the child, its open calls and its list of tools.
/// Talks to: session actors (calls, lists), server log writer (log, status, tools).
/// Ends when: the supervisor tells it to, or after `stop_server` when nobody can reach it any more;
/// until then it answers what still comes. A crash of the child only restarts the child.
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

    // Messages, in the order of the behavior.
    void on_call(call_tool& call);
    void on_list(const list_tools& list);
    void on_line(child_line& message);
    void on_line_dropped(const child_line_dropped& message);
    void on_flooded(const child_flooded& message);
    void on_stderr(child_stderr& message);
    void on_exited(const server_exited& message);
    void on_tick();
    void on_change(change_server& change);
    caf::response_promise on_refresh();
    caf::response_promise on_restart();
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
    void after_stop(const std::string& how);
    void confirm_stop();
    void check_refreshes();
    void check_idle();
    void check_phase();
    void handshake_overdue();
    void stop_overdue();
    void forget_pause();

    // Lines of the child.
    void on_response(std::string& line, const mcp::envelope& parts);
    void on_server_request(const std::string& line, const mcp::envelope& parts);
    void on_notification(std::string& line, const mcp::envelope& parts);
    void send_errand(const errand& what, std::string_view method, std::string_view params);

    // Tools of the server.
    void request_page(const std::optional<tool_listing::page_request>& page);
    void page_arrived(std::uint64_t listing, std::string& line, const mcp::envelope& parts);
    void listing_failed(std::uint64_t listing, const std::string& why);
    void listed(std::uint64_t listing, tool_listing::finished found);
    void tell_audience();

    /// Why calls are not even tried; absent while they are.
    [[nodiscard]] std::optional<call_failure> refusal() const;
    [[nodiscard]] call_failure being_stopped() const;
    void publish(model::server_state state, std::string problem);
    /// Notes what the child can bring about as often as it likes: at the rate of its output.
    void note_of_child(model::log_level level, model::log_category category, std::string message);
    [[nodiscard]] monotonic_time now() const { return clock_.monotonic(); }

    const server_services& services_;
    const clock_source& clock_;
    server_profile profile_;
    restart_policy restarts_;
    actor_child child_;
    open_requests requests_;
    tool_listing listing_;
    open_errands errands_;
    refresh_waiters refreshes_;
    answer_list<stopped> stop_waiters_;

    phase phase_ = phase::idle;
    /// End of the handshake or of the stop, or time of the next start, by phase.
    monotonic_time resume_at_{};
    bool term_sent_ = false;
    /// `stop_server` came: this server never runs again.
    bool retired_ = false;
    /// The last that is known of why a start fails, for the error text.
    std::string last_problem_;
};

} // namespace orch::actors
