#pragma once

#include "actors/bridge/pinned_actor.hpp"
#include "actors/call_draft.hpp"
#include "actors/call_recorder.hpp"
#include "actors/messages.hpp"
#include "actors/options.hpp"
#include "actors/registry_source.hpp"
#include "actors/reply_port.hpp"
#include "actors/server_board.hpp"
#include "actors/session_registry.hpp"
#include "actors/session_scope.hpp"
#include "mcp/json_rpc.hpp"
#include "mcp/unified_names.hpp"
#include "mcp/version.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace orch::actors {

/// What every session actor gets from the application; outlives all of them.
struct session_services {
    server_board& board;
    const registry_source& registry;
    session_registry& sessions;
    /// By index of the unit.
    std::vector<std::unique_ptr<call_recorder>>& recorders;
    uuid_sequence& sequence;
    caf::actor session_writer;
    actor_options options;
    instance_id instance;
    std::string version;
};

/// How long a session lives.
enum class session_kind {
    stream,   ///< as long as its event stream (HTTP+SSE)
    requests, ///< until deleted or idle (Streamable HTTP)
    one_call  ///< for one call, without a handshake (REST)
};

struct session_setup {
    session_kind kind = session_kind::stream;
    /// Empty for `one_call`.
    std::string transport_id;
    model::client_session row;
    /// The key that opened it; nil when it was none.
    key_id key = {};
    /// Nobody was asked for a key, since the project or the server says so.
    bool open_endpoint = false;
    /// The stream of `stream` sessions.
    reply_port_ptr stream = nullptr;
};

/// One MCP client, from connect to disconnect.
/// Owns: the state of the handshake and the client's open calls.
/// Talks to: server actors (calls, lists), the recorder of its unit, the session writer.
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

    /// A call that the client waits for.
    struct running_call {
        reply_port_ptr port;
        /// Raw token of the client, put back into progress notifications.
        std::string progress_token;
        model::call_record record;
        caf::actor server;
        std::shared_ptr<void> permit = nullptr;
    };
    /// A tools/list that collects the answers of its servers.
    struct running_list {
        reply_port_ptr port;
        std::string id;
        monotonic_time deadline;
        /// In the order of the answer; null until it came.
        std::vector<std::pair<server_id, tool_set_ptr>> parts = {};
        std::size_t missing = 0;
        std::string fault = {};
    };

    // Messages, in the order of the behavior.
    void on_message(client_message& message);
    void on_answered(tool_answered& answer);
    void on_failed(const tool_failed& failure);
    void on_progressed(const tool_progressed& progress);
    void on_listed(const tools_listed& listing);
    void on_lists_late(const finish_lists& late);
    void on_tools_changed();
    void on_attach(attach_stream& stream);
    void on_stream_ended(const stream_ended& ended);
    void on_close();

    // What a client may ask.
    void on_request(client_message& message);
    void on_notification(client_message& message);
    void on_initialize(client_message& message);
    void list_tools_of_scope(client_message& message);
    void call(client_message& message);
    void cancel(client_message& message);

    // Calls.
    struct target {
        /// Null when no server in reach is meant.
        const model::server_entry* server = nullptr;
        caf::actor actor;
        std::string tool;
        std::string unified_name;
    };
    [[nodiscard]] target route(const session_scope& scope, const std::string& tool);
    [[nodiscard]] target find_target(const session_scope& scope, const std::string& tool);
    [[nodiscard]] target find_bare(const session_scope& scope, const std::string& tool) const;
    /// Why no call at all is taken now; absent when calls are.
    [[nodiscard]] std::optional<call_ending> bar(const session_scope& scope,
                                                 const model::call_record& record) const;
    void send_call(client_message& message, const mcp::call_params& params, target goal,
                   running_call call, const model::api_key* key);
    [[nodiscard]] model::call_record draft(const session_scope& scope,
                                           const client_message& message) const;
    void refuse(model::call_record record, const reply_port_ptr& port, call_ending ending);
    void finish(running_call call, const call_marks& marks, call_ending ending,
                const json_pieces& answer, std::string_view result);
    void cancel_all(const std::string& why);

    void answer(const reply_port_ptr& port, const std::string& message);
    void complete_list(running_list& list);
    /// The names under which the tools of `sets` are listed; empty where one is not.
    [[nodiscard]] std::vector<std::vector<std::string>>
    names_in(const model::registry& registry,
             const std::vector<const model::server_entry*>& servers,
             const std::vector<tool_set_ptr>& sets) const;
    void watch_lists();
    /// The handler of a message that may begin or end a request or a stream.
    template <class Message>
    [[nodiscard]] auto reporting(void (session_actor::*handle)(Message&));
    /// Tells the registry of sessions when this one begins and ends to work.
    void report_work();
    /// What may be used now.
    [[nodiscard]] session_scope scope() const;
    /// The tools of the whole scope as far as they are known, whoever may use them.
    [[nodiscard]] std::vector<mcp::server_tools>
    known_tools(const std::vector<const model::server_entry*>& servers) const;
    [[nodiscard]] bool unified() const noexcept { return setup_.row.server.is_nil(); }
    [[nodiscard]] call_recorder& recorder();
    [[nodiscard]] std::chrono::system_clock::time_point wall() { return home().clock().wall(); }

    const session_services& services_;
    session_setup setup_;
    bool initialized_ = false;
    std::unordered_map<std::uint64_t, running_call> calls_;
    std::unordered_map<std::uint64_t, running_list> lists_;
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
