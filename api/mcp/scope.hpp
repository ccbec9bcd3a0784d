#pragma once

#include "actors/session_actor.hpp"
#include "api/context.hpp"
#include "core/error.hpp"
#include "mcp/json_rpc.hpp"

#include <optional>
#include <string>

namespace orch::api {

/// What an MCP endpoint reaches: one server, or all of the project.
struct endpoint_scope {
    const model::project* project = nullptr;
    /// Null for the unified endpoint.
    const model::server_entry* server = nullptr;
    model::entry_path path = model::entry_path::server_sse;

    [[nodiscard]] server_id server_key() const {
        return server != nullptr ? server->definition.id : server_id{};
    }
};

/// The server of the path; `not_found` when it is unknown or disabled.
[[nodiscard]] result<endpoint_scope> server_scope(const incoming& in, model::entry_path path);

using scoped_handler = void (*)(const context&, const incoming_ptr&, const endpoint_scope&);
/// Hands the request to `handle` with the server of its path, or answers that there is none.
void on_server(const context& context, const incoming_ptr& in, model::entry_path path,
               scoped_handler handle);
/// The same with all of the project, unless its unified endpoint is off.
void on_unified(const context& context, const incoming_ptr& in, model::entry_path path,
                scoped_handler handle);

/// The row of a session that opens now.
[[nodiscard]] model::client_session new_session_row(const context& context, const incoming& in,
                                                    const endpoint_scope& scope);

/// What a session needs that opens now, but for its stream.
[[nodiscard]] actors::session_setup new_session(const context& context, const incoming& in,
                                                const endpoint_scope& scope,
                                                actors::session_kind kind,
                                                std::string transport_id);

/// Whether a message came alone or as one of a batch.
enum class company { alone, batch };

/// Makes a message for its session. A tools/call of a key with limits is counted, and holds its
/// place until it has ended. Over the limits it goes to its session for the record alone
/// (`refusal`) on a port of this exchange, and is answered with 429 when that is written; one of a
/// batch is answered on `port` with an error of its own instead.
[[nodiscard]] actors::client_message admit(const context& context, const incoming& in,
                                           std::string body, const mcp::envelope& parts,
                                           actors::reply_port_ptr port,
                                           company comes_in = company::alone);

/// The session with this transport id, if it belongs to this scope and principal.
[[nodiscard]] std::optional<actors::session_contact> find_session(const context& context,
                                                                  const incoming& in,
                                                                  const endpoint_scope& scope,
                                                                  const std::string& transport_id);

/// Whether the body says that it is JSON; otherwise answers 415.
[[nodiscard]] bool holds_json(const incoming& in);
/// 400 with the JSON-RPC error that says what is wrong with the body.
[[nodiscard]] net::response refused_message(const mcp::message_fault& fault);
/// The validated JSON-RPC message of the body; otherwise answers 415 or 400 and returns nothing.
[[nodiscard]] std::optional<mcp::envelope> read_message(incoming& in);

} // namespace orch::api
