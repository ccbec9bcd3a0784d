#include "actors/session_actor.hpp"

#include "actors/call_draft.hpp"
#include "core/json_writer.hpp"
#include "mcp/handshake.hpp"

#include <fmt/format.h>

#include <caf/actor_system.hpp>
#include <caf/send.hpp>

#include <algorithm>

namespace orch::actors {

session_actor::session_actor(caf::actor_config& config, bridge::io_unit& home,
                             const session_services& services, session_setup setup)
    : pinned_actor(config, home), services_(services), setup_(std::move(setup)),
      initialized_(setup_.kind == session_kind::one_call) {
    bridge::install_default_handlers(*this, "session");
}

template <class Message>
auto session_actor::reporting(void (session_actor::*handle)(Message&)) {
    return [this, handle](Message& message) {
        (this->*handle)(message);
        report_work();
    };
}

caf::behavior session_actor::make_behavior() {
    return caf::behavior{
        reporting(&session_actor::on_message),
        reporting(&session_actor::on_answered),
        reporting(&session_actor::on_failed),
        [this](const tool_progressed& progress) { on_progressed(progress); },
        reporting(&session_actor::on_listed),
        reporting(&session_actor::on_lists_late),
        [this](const tools_changed&) { on_tools_changed(); },
        reporting(&session_actor::on_attach),
        reporting(&session_actor::on_stream_ended),
        [this](close_session) { on_close(); },
    };
}

void session_actor::on_exit() {
    if (!calls_.empty()) {
        cancel_all(setup_.kind == session_kind::one_call ? "the client went away"
                                                         : "the session ended");
        // The answers must be out before the stream is finished.
        recorder().flush();
    }
    lists_.clear();
    if (setup_.stream) {
        setup_.stream->finish();
        setup_.stream.reset();
    }
    if (setup_.kind != session_kind::one_call) {
        services_.sessions.remove(setup_.transport_id);
        recorder().announce();
        caf::anon_send(services_.session_writer, session_closed{setup_.row.id, wall()});
    }
}

void session_actor::on_message(client_message& message) {
    if (!message.port && message.refusal.empty()) {
        message.port = setup_.stream;
    }
    switch (message.parts.kind) {
    case mcp::message_kind::request: on_request(message); break;
    case mcp::message_kind::notification: on_notification(message); break;
    case mcp::message_kind::response: break; // We never ask the client anything.
    }
}

void session_actor::on_request(client_message& message) {
    const auto method = message.parts.method.of(message.body);
    const auto id = message.parts.id.of(message.body);
    if (method == "ping") {
        answer(message.port, mcp::make_result(id, "{}"));
    } else if (method == "initialize") {
        on_initialize(message);
    } else if (method == "tools/call") {
        call(message);
    } else if (!initialized_) {
        answer(message.port, mcp::make_error(id, mcp::code::invalid_request, not_initialized));
    } else if (method == "tools/list") {
        list_tools_of_scope(message);
    } else {
        answer(message.port, mcp::make_error(id, mcp::code::method_not_found,
                                             fmt::format("Method not found: {}", method)));
    }
}

void session_actor::on_notification(client_message& message) {
    if (message.parts.method.of(message.body) == "notifications/cancelled") {
        cancel(message);
    }
}

void session_actor::on_initialize(client_message& message) {
    const auto id = message.parts.id.of(message.body);
    if (initialized_) {
        answer(message.port, mcp::make_error(id, mcp::code::invalid_request,
                                             "The session is initialized already"));
        return;
    }
    const auto hello = mcp::read_client_hello(message.body, message.parts);
    if (!hello) {
        answer(message.port, mcp::make_error(id, hello.error().rpc_code, hello.error().detail));
        return;
    }
    const auto version = mcp::negotiate(hello->requested_version);
    auto& row = setup_.row;
    row.protocol_version = mcp::to_string(version);
    row.caller.client_name = hello->client_name;
    row.caller.client_version = hello->client_version;
    row.caller.client_type = mcp::detect_client_type(row.caller.user_agent, hello->client_name);
    bound_texts(row.caller);
    const auto open = scope();
    if (!open.takes_client()) {
        answer(message.port,
               mcp::make_error(id, mcp::code::invalid_request,
                               fmt::format("The key is not for clients of the type {}",
                                           row.caller.client_type)));
        return;
    }
    initialized_ = true;
    caf::anon_send(services_.session_writer, session_identified{row});

    const auto* server = open.registry().find_server(row.server);
    const std::string name = unified()
                                 ? "mcp-orch"
                                 : "mcp-orch-" + (server != nullptr ? server->definition.name : "");
    answer(message.port,
           mcp::make_result(id, mcp::initialize_result(version, name, services_.version, "")));
}

void session_actor::on_tools_changed() {
    if (initialized_ && setup_.stream) {
        setup_.stream->send(setup_.stream->encode(
            {mcp::make_notification("notifications/tools/list_changed", "")}));
    }
}

void session_actor::on_attach(attach_stream& stream) { setup_.stream = std::move(stream.port); }

void session_actor::on_stream_ended(const stream_ended& ended) {
    if (ended.port != setup_.stream) {
        return;
    }
    setup_.stream.reset();
    if (setup_.kind == session_kind::stream) {
        quit();
    }
}

void session_actor::on_close() { quit(); }

void session_actor::report_work() {
    const bool working = !calls_.empty() || !lists_.empty() || setup_.stream != nullptr;
    if (setup_.kind != session_kind::requests || working == working_) {
        return;
    }
    working_ = working;
    if (working) {
        services_.sessions.begin_work(setup_.transport_id);
    } else {
        services_.sessions.end_work(setup_.transport_id, home().clock().monotonic());
    }
}

void session_actor::answer(const reply_port_ptr& port, const std::string& message) {
    if (port) {
        port->answer(port->encode({message}));
    }
}

call_recorder& session_actor::recorder() { return *services_.recorders[home().index()]; }

result<caf::actor> open_session(caf::actor_system& system, bridge::io_unit& home,
                                const session_services& services, session_setup setup) {
    const bool listed = setup.kind != session_kind::one_call;
    const auto row = setup.row;
    const auto transport_id = setup.transport_id;
    session_entry entry{
        {}, row.caller.principal, row.project, row.server, setup.kind == session_kind::requests};
    entry.last_used = home.clock().monotonic();
    entry.key = setup.key;
    entry.open_endpoint = setup.open_endpoint;
    entry.ip_address = row.caller.ip_address;
    auto actor = system.spawn<session_actor>(std::ref(home), std::cref(services), std::move(setup));
    if (!listed) {
        return actor;
    }
    entry.actor = actor;
    if (!services.sessions.add(transport_id, std::move(entry))) {
        caf::anon_send(actor, close_session{});
        return error{errc::busy, "too many client sessions are open"};
    }
    caf::anon_send(services.session_writer, session_opened{row});
    return actor;
}

} // namespace orch::actors
