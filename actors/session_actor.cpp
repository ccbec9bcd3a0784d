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
        [this](const request_progressed& progress) { on_progressed(progress); },
        reporting(&session_actor::on_listed),
        reporting(&session_actor::on_lists_late),
        [this](const items_changed& changed) { on_items_changed(changed); },
        [this](const server_notified& notified) { on_notified(notified); },
        [this](ask_client& asked) { on_asked(asked); },
        [this](const withdraw_question& withdrawn) { on_withdrawn(withdrawn); },
        reporting(&session_actor::on_stream_ended),
        [this](close_session) { on_close(); },
    };
}

void session_actor::on_exit() {
    if (!requests_.empty()) {
        cancel_all(setup_.kind == session_kind::one_call ? "the client went away"
                                                         : "the session ended");
    }
    lists_.clear();
    task_lists_.clear();
    fail_questions();
    for (const auto& [id, server] : told_) {
        caf::anon_send(server, session_left{address(), card_});
    }
    told_.clear();
    if (setup_.stream) {
        // Answers, also those that came in this turn, must be out before.
        recorder().flush();
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
    if (!message.port) {
        message.port = setup_.stream;
    }
    switch (message.parts.kind) {
    case mcp::message_kind::request: on_request(message); break;
    case mcp::message_kind::notification: on_notification(message); break;
    case mcp::message_kind::response: on_response(message); break;
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
    } else if (const auto* shape = mcp::find_list(method)) {
        list_scope(message, *shape);
    } else if (const auto* routed = mcp::find_routed(method)) {
        if (routed->target == mcp::request_target::task) {
            ask_about_task(message, *routed);
        } else {
            ask_server(message, *routed);
        }
    } else if (method == "tasks/list") {
        list_tasks(message);
    } else if (method == "resources/subscribe") {
        watch_resource(message, resource_watch::begin);
    } else if (method == "resources/unsubscribe") {
        watch_resource(message, resource_watch::end);
    } else if (method == "logging/setLevel") {
        set_log_level(message);
    } else {
        ask_only_server(message);
    }
}

void session_actor::on_notification(client_message& message) {
    const auto method = message.parts.method.of(message.body);
    if (method == "notifications/cancelled") {
        cancel(message);
    } else if (method == "notifications/progress") {
        on_client_progress(message);
    } else if (method == "notifications/roots/list_changed") {
        tell_servers(message);
    }
}

void session_actor::refuse_hello(const client_message& message, const std::string& why) {
    answer(message.port, why);
    if (setup_.kind == session_kind::requests) {
        // Its client has nothing to end it by: without a handshake it knows of no session.
        quit();
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
        refuse_hello(message, mcp::make_error(id, hello.error().rpc_code, hello.error().detail));
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
        refuse_hello(message, mcp::make_error(id, mcp::code::invalid_request, wrong_client_type()));
        return;
    }
    initialized_ = true;
    version_ = version;
    const bool known = !row.caller.principal.starts_with("public:");
    card_ = std::make_shared<const client_card>(
        client_card{row.id, row.caller.principal, mcp::relayed_capabilities(hello->capabilities),
                    mcp::read_client_capabilities(hello->capabilities),
                    known ? row.caller.principal : row.id.to_string()});
    if (setup_.streams) {
        setup_.streams->agree(version);
    }
    caf::anon_send(services_.session_writer, session_identified{row});

    const auto* server = open.registry().find_server(row.server);
    const std::string name = unified()
                                 ? "mcp-orch"
                                 : "mcp-orch-" + (server != nullptr ? server->definition.name : "");
    answer(message.port,
           mcp::make_result(id, mcp::initialize_result(version, name, services_.version,
                                                       offered(open), instructions(open))));
}

void session_actor::on_items_changed(const items_changed& changed) {
    if (initialized_ && setup_.stream) {
        setup_.stream->send(setup_.stream->encode(
            {mcp::make_notification(mcp::shape_of(changed.kind).changed, "")}));
    }
}

void session_actor::on_stream_ended(const stream_ended& ended) {
    if (ended.port == setup_.stream) {
        setup_.stream.reset();
        quit();
    }
}

void session_actor::on_close() { quit(); }

void session_actor::report_work() {
    const bool working = !requests_.empty() || !lists_.empty() || !task_lists_.empty();
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
    if (setup.kind == session_kind::requests) {
        setup.streams = std::make_shared<session_streams>(home, services.options, services.events);
        setup.stream = setup.streams->listening_port();
    }
    entry.streams = setup.streams;
    auto actor = system.spawn<session_actor>(std::ref(home), std::cref(services), std::move(setup));
    if (!listed) {
        return actor;
    }
    entry.actor = actor;
    if (!services.sessions.add(transport_id, std::move(entry))) {
        caf::anon_send(actor, close_session{});
        return error{errc::busy, services.sessions.has_all(row.caller.principal)
                                     ? "you have too many client sessions open"
                                     : "too many client sessions are open"};
    }
    caf::anon_send(services.session_writer, session_opened{row});
    return actor;
}

} // namespace orch::actors
