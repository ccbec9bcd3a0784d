#include "actors/session_actor.hpp"

#include "mcp/older_content.hpp"
#include "mcp/param_token.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <utility>

// The part of the session actor that puts questions of servers to the client and takes its answers
// back to the server that asked.

namespace orch::actors {

namespace {

void refuse_question(const ask_client& asked, std::string reason) {
    caf::anon_send(asked.server, question_failed{asked.question, mcp::code::method_not_found,
                                                 std::move(reason), false});
}

/// Whether a sampling is one that needs `sampling.tools` (client features, sampling, 2025-11-25).
bool has_tools(std::string& line, const mcp::envelope& parts) {
    return mcp::param_token(line, parts, "tools").present() ||
           mcp::param_token(line, parts, "toolChoice").present();
}

} // namespace

void session_actor::on_asked(ask_client& asked) {
    const std::string method(asked.parts.method.of(asked.line));
    const std::string mode(mcp::param_word(asked.line, asked.parts, "mode"));
    if (!card_ ||
        !mcp::may_be_asked(card_->can, method, mode, has_tools(asked.line, asked.parts))) {
        refuse_question(asked, fmt::format("Method not found: the client has no such capability "
                                           "({})",
                                           method));
        return;
    }
    const auto port = port_for_question(asked.number);
    if (!port) {
        refuse_question(asked, "The client has no open stream on which it could be asked");
        return;
    }
    questions_.emplace(asked.question, running_question{asked.server, asked.number, asked.id});
    port->send(port->encode({question_line(asked)}));
}

reply_port_ptr session_actor::own_port(std::uint64_t number) const {
    const auto request = requests_.find(number);
    const auto list = lists_.find(number);
    const auto port = request != requests_.end() ? request->second.port
                      : list != lists_.end()     ? list->second.port
                                                 : nullptr;
    return port && port->takes_messages() ? port : nullptr;
}

reply_port_ptr session_actor::port_for(std::uint64_t number) const {
    const auto port = own_port(number);
    return port ? port : setup_.stream;
}

reply_port_ptr session_actor::port_for_question(std::uint64_t number) const {
    return setup_.kind == session_kind::requests ? own_port(number) : port_for(number);
}

std::string session_actor::question_line(ask_client& asked) const {
    const auto id = std::to_string(asked.question);
    auto edits = mcp::older_content(asked.line, asked.parts.params, version_);
    for (auto& edit : sealed_related(asked.line, asked.parts.params, asked.id)) {
        edits.push_back(std::move(edit));
    }
    edits.push_back({asked.parts.id, id});
    if (asked.progress_token.present()) {
        edits.push_back({asked.progress_token, id});
    }
    return mcp::rewritten(asked.line, std::move(edits));
}

void session_actor::on_withdrawn(const withdraw_question& withdrawn) {
    const auto found = questions_.extract(withdrawn.question);
    // The stream on which it was asked may be over.
    const auto port = found.empty() ? nullptr : port_for(found.mapped().number);
    if (port) {
        port->send(port->encode({mcp::make_cancellation(withdrawn.question)}));
    }
}

void session_actor::on_response(client_message& message) {
    const auto number = mcp::own_number(message.parts.id.of(message.body));
    const auto found = number ? questions_.extract(*number) : decltype(questions_)::node_type{};
    if (found.empty()) {
        return;
    }
    unseal_related(message, found.mapped().id);
    caf::anon_send(found.mapped().server,
                   client_replied{*number, std::move(message.body), message.parts});
}

void session_actor::on_client_progress(client_message& message) {
    const auto token = mcp::sole_param_token(message.body, message.parts, "progressToken");
    const auto number = mcp::own_number(token.of(message.body));
    const auto found = number ? questions_.find(*number) : questions_.end();
    if (found != questions_.end()) {
        caf::anon_send(found->second.server,
                       client_progressed{*number, std::move(message.body), token});
    }
}

void session_actor::tell_servers(client_message& message) {
    for (const auto& [id, server] : told_) {
        caf::anon_send(server, client_notified{message.body, card_});
    }
}

void session_actor::fail_questions() {
    for (const auto& [number, question] : std::exchange(questions_, {})) {
        caf::anon_send(question.server,
                       question_failed{number, mcp::code::internal_error,
                                       "The client went away before it answered", true});
    }
}

} // namespace orch::actors
