#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/call_draft.hpp"
#include "actors/messages.hpp"
#include "actors/reply_port.hpp"
#include "actors/session_scope.hpp"
#include "actors/session_services.hpp"
#include "mcp/item_list.hpp"
#include "mcp/json_rpc.hpp"
#include "mcp/request_params.hpp"
#include "mcp/rewrite.hpp"
#include "mcp/unified_names.hpp"
#include "mcp/version.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace orch::actors {

/// One MCP client, from connect to disconnect.
/// Owns: the state of the handshake and the client's open requests.
/// Talks to: server actors (requests, lists), the recorder of its unit, the session writer.
/// Ends when: the stream ends, the client deletes it, it was idle too long, or the call is done.
/// On failure: its open calls are cancelled and recorded; nobody else feels it.
class session_actor final : public bridge::pinned_actor {
public:
    session_actor(caf::actor_config& config, bridge::io_unit& home,
                  const session_services& services, session_setup setup);

    caf::behavior make_behavior() override;
    void on_exit() override;

private:
    /// The answer to requests that come before `initialize`, other than a ping.
    static constexpr std::string_view not_initialized =
        "The session is not initialized: send initialize";

    /// A request that the client waits for.
    struct running_request {
        reply_port_ptr port;
        /// Raw token of the client, put back into the answer.
        std::string id;
        /// The same for progress notifications.
        std::string progress_token;
        caf::actor server;
        server_id server_key = {};
        std::string server_name;
        /// Of tool calls alone.
        model::call_record_ptr record;
        std::shared_ptr<void> permit = nullptr;
        /// Whether the answer has blocks of content.
        bool has_content = false;
        task_part part = task_part::none;
    };
    /// A list that collects the answers of its servers.
    struct running_list {
        reply_port_ptr port;
        std::string id;
        model::list_kind kind;
        monotonic_time deadline;
        /// In the order of the answer; null until it came.
        std::vector<std::pair<server_id, item_set_ptr>> parts = {};
        std::size_t missing = 0;
        std::string fault = {};
        /// Decoded; empty for the first page.
        std::string cursor = {};
    };

    /// A list of tasks that goes from server to server.
    struct running_task_list {
        reply_port_ptr port;
        std::string id;
        /// Those that are to be asked yet, the present one first; never empty while one is.
        std::vector<server_id> servers = {};
        /// Of the present server, decoded; empty for its first page.
        std::string cursor = {};
        /// Definitions with sealed ids.
        std::vector<std::string> tasks = {};
        std::size_t requests = 0;
    };

    // Messages, in the order of the behavior.
    void on_message(client_message& message);
    void on_answered(request_answered& answer);
    void on_failed(const request_failed& failure);
    void on_progressed(const request_progressed& progress);
    void on_listed(const items_listed& listing);
    void on_lists_late(const finish_lists& late);
    void on_items_changed(const items_changed& changed);
    void on_notified(const server_notified& notified);
    void on_stream_ended(const stream_ended& ended);
    void on_close();

    // What servers ask the client.
    struct running_question {
        caf::actor server;
        /// As in `ask_client`.
        std::uint64_t number = 0;
        server_id id;
    };
    void on_asked(ask_client& asked);
    void on_withdrawn(const withdraw_question& withdrawn);
    void on_response(client_message& message);
    void on_client_progress(client_message& message);
    /// Notifications of the client that are for the servers.
    void tell_servers(client_message& message);
    void fail_questions();
    /// The stream of an open request or list; null when it has none that takes messages.
    [[nodiscard]] reply_port_ptr own_port(std::uint64_t number) const;
    /// Where a message goes that belongs to an open request, if that can take one; else to the
    /// stream, which may be null.
    [[nodiscard]] reply_port_ptr port_for(std::uint64_t number) const;
    /// Where questions go: never to the stream that a client of Streamable HTTP listens to
    /// (transports, listening for messages). Null when there is no such place.
    [[nodiscard]] reply_port_ptr port_for_question(std::uint64_t number) const;
    /// The server's question as this client gets it.
    [[nodiscard]] std::string question_line(ask_client& asked) const;

    // Tasks.
    /// Whether the client's revision has none, which it was told.
    [[nodiscard]] bool refuses_tasks(const client_message& message);
    void ask_about_task(client_message& message, const mcp::routed_method& method);
    void list_tasks(client_message& message);
    /// False when nobody gave out the cursor.
    [[nodiscard]] bool take_up(running_task_list& list, std::string_view cursor) const;
    void go_on_with(running_task_list list);
    void request_tasks(const caf::actor& server, running_task_list list);
    void on_tasks_listed(request_answered& answered);
    void tasks_not_listed(running_task_list list, const std::string& why);
    /// A token of JSON.
    [[nodiscard]] std::string sealed_token(const server_id& server, std::string_view id) const;
    /// The id by which a message of a server says to which task it belongs.
    [[nodiscard]] std::vector<mcp::rewrite> sealed_related(std::string& line, mcp::slice where,
                                                           const server_id& server) const;
    /// All ids of tasks in an answer; `made` is the task that a call became.
    [[nodiscard]] std::vector<mcp::rewrite>
    sealed_tasks(const running_request& request, request_answered& answer, mcp::slice made) const;
    void send_related(const request_progressed& progress, const running_request& request) const;
    [[nodiscard]] std::string with_sealed_tasks(const server_notified& notified) const;
    /// Puts the server's id into the client's answer to it, where that says to which task it
    /// belongs.
    void unseal_related(client_message& message, const server_id& server) const;
    /// What the server calls the task that the client names in `text`, a raw object with its
    /// `taskId`; nothing when the client has no such task there.
    [[nodiscard]] std::optional<std::string>
    related_task(const session_scope& scope, std::string text, const server_id& server) const;

    // What a client may ask.
    void on_request(client_message& message);
    void on_notification(client_message& message);
    void on_initialize(client_message& message);
    void refuse_hello(const client_message& message, const std::string& why);
    void list_scope(client_message& message, const mcp::list_shape& shape);
    void call(client_message& message);
    /// Any other request that a server answers.
    void ask_server(client_message& message, const mcp::routed_method& method,
                    resource_watch watch = resource_watch::none);
    void watch_resource(client_message& message, resource_watch watch);
    /// A method that no revision has: only the server of an endpoint of its own may know it.
    void ask_only_server(client_message& message);
    void set_log_level(client_message& message);
    void cancel(client_message& message);

    // Where requests go.
    struct target {
        /// Null when no server in reach is meant.
        const model::server_entry* server = nullptr;
        caf::actor actor;
        /// As the client named it, without the server's prefix.
        std::string item;
        std::string unified_name;
    };
    [[nodiscard]] target route(const session_scope& scope, model::list_kind kind,
                               const std::string& name);
    [[nodiscard]] target find_target(const session_scope& scope, model::list_kind kind,
                                     const std::string& name);
    [[nodiscard]] target find_bare(const session_scope& scope, model::list_kind kind,
                                   const std::string& name) const;
    [[nodiscard]] target route_task(const session_scope& scope, std::string_view sealed_id) const;
    /// The owner of a URI: who lists it, else who has a template, else the only one that lists its
    /// scheme, else the only one with resources.
    [[nodiscard]] target route_uri(const session_scope& scope, const std::string& uri) const;
    [[nodiscard]] target with_actor(target goal) const;
    /// Why the key opens nothing but lists; empty when it opens more.
    [[nodiscard]] std::string what_bars(const session_scope& scope) const;
    [[nodiscard]] std::string wrong_client_type() const;
    /// Why no call at all is taken now; absent when calls are.
    [[nodiscard]] std::optional<call_ending> bar(const session_scope& scope,
                                                 const model::call_record& record) const;
    void send_request(client_message& message, const mcp::request_params& params, target goal,
                      running_request request, std::optional<model::list_kind> list,
                      resource_watch watch = resource_watch::none);
    /// Ends a request that says to belong to a task which is not the client's.
    void refuse_related(running_request request);
    [[nodiscard]] bool id_is_open(std::string_view id) const;
    [[nodiscard]] static running_request open_request(const client_message& message,
                                                      const mcp::request_params& params,
                                                      const target& goal);
    /// Whether the server lacks what the method needs, which the client was told.
    [[nodiscard]] bool refuses_method(const client_message& message,
                                      const model::server_entry& server,
                                      const mcp::routed_method& method);
    /// Whether the server is known to have the capability.
    [[nodiscard]] bool has_capability(const server_id& server, std::string_view capability) const;
    /// Whether the server may have the capability: it says so, or was never met.
    [[nodiscard]] bool may_offer(const server_id& server, std::string_view capability) const;
    /// What a row keeps of a body; nothing where there are no rows.
    [[nodiscard]] model::body capture(std::string_view json) const;
    void note_target(model::call_record& record, const client_message& message,
                     const mcp::request_params& params, const target& goal) const;
    [[nodiscard]] model::call_record_ptr draft(const session_scope& scope,
                                               const client_message& message) const;
    void refuse(model::call_record_ptr record, const reply_port_ptr& port, call_ending ending);
    void finish(running_request call, const call_marks& marks, call_ending ending,
                const json_pieces& answer, std::string_view result);
    /// Ends a call that its server made a task of, unasked.
    void refuse_task(running_request call, const call_marks& marks);
    /// What clients of this revision get otherwise than the server said it.
    [[nodiscard]] std::vector<mcp::rewrite>
    rewrites_of(const running_request& request, request_answered& answer, mcp::slice made) const;
    /// Gives the answer of a request without a record.
    static void pass_on(const running_request& request, const json_pieces& answer);
    void cancel_all(const std::string& why);

    void answer(const reply_port_ptr& port, const std::string& message);
    void complete_list(running_list& list);
    struct offered_item {
        const model::listed_item& item;
        /// As this client knows it.
        const std::string& name;
    };
    /// Whether the client's revision has what the tool needs.
    [[nodiscard]] bool can_call(const model::listed_item& tool) const;
    /// What the client gets of an item that it knows by `name`.
    [[nodiscard]] std::string definition_of(const model::listed_item& item, model::list_kind kind,
                                            const std::string& name) const;
    [[nodiscard]] std::string page_of(const running_list& list,
                                      const std::vector<offered_item>& offers) const;
    /// The names under which the items of `sets` are listed; empty where one is not.
    [[nodiscard]] std::vector<std::vector<std::string>>
    names_in(const model::registry& registry, model::list_kind kind,
             const std::vector<const model::server_entry*>& servers,
             const std::vector<item_set_ptr>& sets) const;
    void watch_lists();
    /// The handler of a message that may begin or end a request or a stream.
    template <class Message>
    [[nodiscard]] auto reporting(void (session_actor::*handle)(Message&));
    /// Tells the registry of sessions when this one begins and ends to work.
    void report_work();
    /// What may be used now.
    [[nodiscard]] session_scope scope() const;
    /// The names of the whole scope as far as they are known, whoever may use them.
    [[nodiscard]] std::vector<mcp::server_tools>
    known_names(model::list_kind kind,
                const std::vector<const model::server_entry*>& servers) const;
    /// What the servers of the scope offer; all there is for one that was never met.
    [[nodiscard]] mcp::server_capabilities offered(const session_scope& scope) const;
    [[nodiscard]] std::string instructions(const session_scope& scope) const;
    [[nodiscard]] bool unified() const noexcept { return setup_.row.server.is_nil(); }
    [[nodiscard]] call_recorder& recorder();
    [[nodiscard]] std::chrono::system_clock::time_point wall() { return home().clock().wall(); }

    const session_services& services_;
    session_setup setup_;
    bool initialized_ = false;
    mcp::revision version_ = mcp::latest_revision;
    /// Made at the handshake.
    client_card_ptr card_;
    /// The least severe log messages that the client wants.
    mcp::log_level log_level_ = mcp::log_level::debug;
    /// Servers that have to hear of the end of the session.
    std::unordered_map<server_id, caf::actor> told_;
    std::unordered_map<std::uint64_t, running_request> requests_;
    /// Bounded by what each server process may ask at once.
    std::unordered_map<std::uint64_t, running_question> questions_;
    std::unordered_map<std::uint64_t, running_list> lists_;
    std::unordered_map<std::uint64_t, running_task_list> task_lists_;
    /// Whether a `finish_lists` is under way: there is one at most.
    bool lists_watched_ = false;
    /// What the registry of sessions was told last.
    bool working_ = false;
    /// Names of the unified scope, made from `names_of_`.
    model::registry_ptr names_of_;
    std::vector<std::string> names_;
};

/// Spawns a session actor on `home`, makes it known to the registry of sessions and to the
/// session writer. `busy` when there are too many sessions. Call on the unit's own thread.
[[nodiscard]] result<caf::actor> open_session(caf::actor_system& system, bridge::io_unit& home,
                                              const session_services& services,
                                              session_setup setup);

} // namespace orch::actors
