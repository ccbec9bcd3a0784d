#pragma once

#include "actors/actor_child.hpp"
#include "actors/answer_list.hpp"
#include "actors/bridge/pinned_actor.hpp"
#include "actors/capability_probe.hpp"
#include "actors/draining_child.hpp"
#include "actors/log_audience.hpp"
#include "actors/messages.hpp"
#include "actors/open_errands.hpp"
#include "actors/open_questions.hpp"
#include "actors/open_requests.hpp"
#include "actors/open_tasks.hpp"
#include "actors/page_listing.hpp"
#include "actors/place_queue.hpp"
#include "actors/process_wear.hpp"
#include "actors/refresh_waiters.hpp"
#include "actors/resource_subscriptions.hpp"
#include "actors/restart_policy.hpp"
#include "actors/server_processes.hpp"
#include "actors/server_profile.hpp"
#include "actors/server_services.hpp"
#include "actors/stop_ladder.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orch::actors {

/// One MCP server: a process, or the link to a remote one; both are its child here.
/// Owns: the child, its open requests and its lists.
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
    void on_call(forward_request& call);
    void on_list(const list_items& list);
    void on_line(child_line& message);
    void on_line_dropped(const child_line_dropped& message);
    void on_request_lost(const child_request_lost& message);
    void on_session_renewed(child_session_renewed& message);
    void on_flooded(const child_flooded& message);
    void on_pipe_lost(const child_pipe_lost& message);
    void on_stderr(child_stderr& message);
    void on_exited(const server_exited& message);
    void on_tick();
    void on_change(change_server& change);
    caf::response_promise on_refresh(check_kind kind);
    /// Stopped without a fault, and all that a refresh would tell is known.
    [[nodiscard]] bool rests() const;
    caf::response_promise on_restart();
    caf::response_promise on_stop();

    // Which process a client's message is for.
    /// Whether it was for another one, which has it now.
    [[nodiscard]] bool passed_on(forward_request& request);
    [[nodiscard]] bool passed_on(const list_items& list);
    [[nodiscard]] bool passed_on(const want_logs& wanted);
    void on_cancel(const cancel_request& cancel);
    /// Null when the client has none but this one.
    [[nodiscard]] caf::actor known_process(const client_card_ptr& client) const;
    [[nodiscard]] std::string key_for(const client_card* client) const;
    caf::actor add_process(const std::string& key, const client_card_ptr& client,
                           const caf::actor& session);
    void on_process_changed(const process_changed& news);

    // Clients that wait for one, since there are as many as there may be.
    void wait_for_place(std::string key, forward_request& request);
    /// Makes the processes that there is room for, in a fair order.
    void give_places();
    /// Tells the board how many there are, and how many wait.
    void tell_places();
    void check_places();
    void refuse_waiting(const call_failure& failure);
    [[nodiscard]] std::chrono::milliseconds place_patience() const;
    [[nodiscard]] call_failure no_place(std::string_view what_else) const;

    // Whether the server asks its clients.
    [[nodiscard]] bool probes() const noexcept { return role_.purpose == process_role::use::probe; }
    /// Nothing is known of that, and nobody uses the server now.
    [[nodiscard]] bool probe_due() const;
    void begin_probe();
    void probe_started(const caf::actor& process, bool ready);
    void on_need_found(need_of_client_found& found);
    void check_probe();
    /// The server is wanted for something else.
    void give_up_probe();
    void end_probe();
    void probe_gone();
    void know_need_of_client(bool needs);

    // Life of the child.
    void ensure_started();
    void start();
    void begin_handshake();
    void handshake_done(std::string& line, const mcp::envelope& parts);
    void become_ready();
    void begin_stop();
    /// The first step of its end, whyever it has to.
    void step_down();
    void crashed(const std::string& how);
    void start_failed(const std::string& why);
    void note_giving_up(const restart_policy::decision& decision);
    [[nodiscard]] std::string why_not_started(bool remote, const std::string& how) const;
    [[nodiscard]] bool is_remote() const;
    /// Of a remote server, for the log.
    [[nodiscard]] std::string place() const;
    void after_stop(const std::string& how);
    /// What was under way with the child, but for requests of clients.
    void end_life();

    // A fresh process in the place of one that has done enough.
    void check_wear();
    void replace_child();
    void on_replaced_exited(const server_exited& message);

    void confirm_stop();
    void check_refreshes();
    void check_idle();
    void check_phase();
    /// Ends a process that lives on without one of its pipes, as if it had crashed.
    void check_pipes();
    void handshake_overdue();
    void stop_overdue();
    void forget_pause();

    // Logs of the server.
    void on_want_logs(const want_logs& wanted);
    void on_left(const session_left& left);
    void ask_for_logs();
    void pass_log_on(std::string& line, const mcp::envelope& parts, std::uint64_t stream_of);

    // Resources that clients watch.
    /// Whether the request to begin or end a watch is answered without the server.
    [[nodiscard]] bool settles(const forward_request& request);
    void note_subscribed(std::uint64_t number, bool refused);
    void subscribe_anew();
    void unsubscribe(const caf::actor_addr& session);
    /// The number of the request.
    void write_own_watch(const std::string& uri, bool begins);
    void expire_own_watches();
    void pass_update_on(std::string& line, const mcp::envelope& parts);

    // Tasks of clients.
    /// Whether a request that has to do with tasks is answered without the server.
    [[nodiscard]] bool settles_task(forward_request& request);
    /// Whether the request is about a task of this process, whatever process its client has now.
    [[nodiscard]] bool has_task_of(const forward_request& request);
    void note_task_answer(std::uint64_t number, const task_call& call, std::string& line,
                          mcp::envelope& parts);
    void keep_own_tasks(std::string_view owner, std::string& line, mcp::envelope& parts) const;
    void pass_task_progress_on(std::uint64_t number, std::string& line, mcp::envelope parts,
                               mcp::slice token);
    void pass_task_status_on(std::string& line, const mcp::envelope& parts);

    // What the server asks of its client.
    void on_replied(client_replied& reply);
    void on_question_failed(const question_failed& failure);
    void on_client_progress(client_progressed& progress);
    void on_client_notified(client_notified& notified);
    void on_server_cancelled(std::string& line, const mcp::envelope& parts);
    void note_need_of_client(const std::string& method);
    void answer_for_client(const open_question& question, const question_failed& failure);
    /// While people have questions to answer, no request is over.
    void postpone_requests();
    /// When all people have answered, the time-out of calls begins anew.
    void resume_requests();
    void expire_questions();
    void drop_questions();

    // Lines of the child.
    void on_response(std::string& line, mcp::envelope parts);
    // `stream_of` as in `child_line`.
    void on_server_request(std::string& line, const mcp::envelope& parts, std::uint64_t stream_of);
    void on_notification(std::string& line, const mcp::envelope& parts, std::uint64_t stream_of);
    void send_errand(const errand& what, std::string_view method, std::string_view params);
    /// Nobody waits any longer for what the server did not answer in time.
    void expire_errands();
    void cancel_errand(std::uint64_t number, const errand& what);
    void cancel(std::uint64_t number);
    [[nodiscard]] std::chrono::milliseconds errand_patience() const;

    // Lists of the server.
    [[nodiscard]] page_listing& listing_of(model::list_kind kind) {
        return listings_[model::index_of(kind)];
    }
    /// The list that tells whether the server is well; absent when it has none.
    [[nodiscard]] std::optional<model::list_kind> checked_list() const;
    /// Reads all that the server has.
    void read_lists();
    /// Tells a new session of a remote server what the earlier one knew. It may be another version,
    /// so its lists are read again.
    void begin_anew();
    void request_page(model::list_kind kind, const std::optional<page_listing::page_request>& page);
    void page_arrived(const errand& over, std::string& line, const mcp::envelope& parts);
    void listing_failed(const errand& over, const std::string& why);
    void listed(const errand& over, page_listing::finished found);
    /// One of the first listings of this process is over.
    void first_listing_done(model::list_kind kind);
    void tell_audience(model::list_kind kind);
    /// What the server does not offer any more is gone, and whoever saw it is told.
    void drop_lists();

    /// Why calls are not even tried; absent while they are.
    [[nodiscard]] std::optional<call_failure> refusal() const;
    [[nodiscard]] call_failure being_stopped() const;
    void publish(model::server_state state, std::string problem);
    /// Notes what the child can bring about as often as it likes: at the rate of its output.
    void note_of_child(model::log_level level, model::log_category category, std::string message);
    /// Tells of the lines that this rate held back.
    void note_skipped(std::size_t lines);
    /// How a listing went: always when somebody waits for it, else at that rate.
    void note_listing(const errand& over, model::log_level level, std::string message);
    [[nodiscard]] monotonic_time now() const { return clock_.monotonic(); }

    const server_services& services_;
    const clock_source& clock_;
    server_profile profile_;
    restart_policy restarts_;
    actor_child child_;
    open_requests requests_;
    process_wear wear_;
    draining_child draining_;
    stop_ladder stop_;
    std::array<page_listing, model::all_list_kinds.size()> listings_;
    /// Lists that this process has to give before it is ready.
    std::vector<model::list_kind> unlisted_;
    log_audience log_audience_;
    /// What the process was asked for.
    std::optional<mcp::log_level> log_level_;
    open_errands errands_;
    open_questions questions_;
    resource_subscriptions subscriptions_;
    /// What this process was told of them and has not answered, in the order of time.
    struct own_watch {
        std::string uri;
        bool begins = false;
        monotonic_time deadline{};
    };
    std::map<std::uint64_t, own_watch> own_watches_;
    open_tasks tasks_;
    /// Which process of the server this is.
    const process_role role_;
    /// The others; none but the server's own process has any.
    server_processes processes_;
    place_queue waiting_;
    /// Requests and lists of clients that reached this process.
    std::uint64_t heard_ = 0;
    capability_probe probe_;
    /// Once the process of the probe is gone.
    bool start_wanted_ = false;
    refresh_waiters refreshes_;
    answer_list<stopped> stop_waiters_;

    /// The pipe that the process closed, and when its end is not waited for any longer.
    struct lost_pipe {
        net::child_pipe which;
        monotonic_time patience_ends;
    };
    std::optional<lost_pipe> lost_pipe_;
    /// What the process that is being stopped did, when that counts as a crash.
    std::string cut_off_;

    phase phase_ = phase::idle;
    /// End of the handshake or of the stop, or time of the next start, by phase.
    monotonic_time resume_at_{};
    /// `stop_server` came: this server never runs again.
    bool retired_ = false;
    /// Whether the lists were read in this run of the orchestrator.
    bool verified_ = false;
    /// The last that is known of why a start fails, for the error text.
    std::string last_problem_;
};

} // namespace orch::actors
