#include "actors/session_actor.hpp"

#include "core/json_writer.hpp"
#include "mcp/param_token.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <array>

// The half of the session actor that deals with tool calls: every call ends in `refuse` or
// `finish`, and both write exactly one record.

namespace orch::actors {

namespace {

struct fault_row {
    call_fault fault;
    model::call_status status;
    model::error_class failure;
    int code;
    std::string_view name;
};

constexpr std::array<fault_row, 6> fault_table{{
    {call_fault::unknown_tool, model::call_status::error, model::error_class::invalid_parameters,
     mcp::code::invalid_params, "unknown_tool"},
    {call_fault::not_started, model::call_status::error, model::error_class::execution_error,
     mcp::code::internal_error, "not_started"},
    {call_fault::lost, model::call_status::error, model::error_class::no_response,
     mcp::code::internal_error, "lost"},
    {call_fault::timeout, model::call_status::timeout, model::error_class::timeout,
     mcp::code::internal_error, "timeout"},
    {call_fault::overloaded, model::call_status::error, model::error_class::sse_bridge_error,
     mcp::code::internal_error, "overloaded"},
    {call_fault::disabled, model::call_status::error, model::error_class::execution_error,
     mcp::code::internal_error, "disabled"},
}};

const fault_row& row_of(call_fault fault) {
    for (const auto& row : fault_table) {
        if (row.fault == fault) {
            return row;
        }
    }
    return fault_table.front();
}

std::string fault_data(const std::string& server, std::string_view reason) {
    std::string data;
    json_writer(data)
        .begin_object()
        .key("server")
        .string(server)
        .key("reason")
        .string(reason)
        .end_object();
    return data;
}

} // namespace

void session_actor::call(client_message& message) {
    if (!recorder().accepting()) {
        recorder().note_refusal();
        answer(message.port,
               mcp::make_error(message.parts.id.of(message.body), mcp::code::internal_error,
                               "The call log cannot take more records now"));
        if (setup_.kind == session_kind::one_call) {
            quit();
        }
        return;
    }
    const auto open = scope();
    auto record = draft(open, message);
    if (auto barred = bar(open, record)) {
        refuse(std::move(record), message.port, std::move(*barred));
        return;
    }
    const auto params = mcp::parse_call_params(message.body, message.parts);
    if (!params) {
        refuse(std::move(record), message.port,
               {model::call_status::error, model::error_class::invalid_parameters,
                params.error().rpc_code, params.error().detail});
        return;
    }
    record.tool_name = params->tool;
    record.arguments = capture_body(params->arguments.of(message.body),
                                    services_.options.logged_body_bytes_max);
    auto goal = route(open, params->tool);
    if (goal.server == nullptr) {
        refuse(std::move(record), message.port,
               {model::call_status::error, model::error_class::invalid_parameters,
                mcp::code::invalid_params, "Unknown tool: " + params->tool});
        return;
    }
    record.server = goal.server->definition.id;
    record.server_name = goal.server->definition.name;
    record.tool_name = goal.tool;
    if (!message.refusal.empty()) {
        refuse(std::move(record), nullptr,
               {model::call_status::error, model::error_class::execution_error, 0,
                std::move(message.refusal)});
        return;
    }
    running_call begun{message.port, std::string(params->progress_token.of(message.body)),
                       std::move(record), goal.actor, std::move(message.permit)};
    send_call(message, *params, std::move(goal), std::move(begun), open.key());
}

std::optional<call_ending> session_actor::bar(const session_scope& scope,
                                              const model::call_record& record) const {
    if (!initialized_) {
        return call_ending{model::call_status::error, model::error_class::initialization_incomplete,
                           mcp::code::invalid_request, std::string(not_initialized)};
    }
    if (!scope.may_call()) {
        return call_ending{model::call_status::error, model::error_class::execution_error,
                           mcp::code::invalid_request, "The key may list, but not call"};
    }
    if (!scope.takes_client()) {
        return call_ending{
            model::call_status::error, model::error_class::execution_error,
            mcp::code::invalid_request,
            fmt::format("The key is not for clients of the type {}", record.caller.client_type)};
    }
    const bool id_in_use = std::any_of(calls_.begin(), calls_.end(), [&](const auto& open) {
        return open.second.record.request_id == record.request_id;
    });
    if (id_in_use) {
        return call_ending{model::call_status::error, model::error_class::invalid_parameters,
                           mcp::code::invalid_request,
                           "The id belongs to a call that is still open"};
    }
    return std::nullopt;
}

void session_actor::send_call(client_message& message, const mcp::call_params& params, target goal,
                              running_call call, const model::api_key* key) {
    if (calls_.size() >= services_.options.session_calls_max) {
        refuse(std::move(call.record), message.port,
               {model::call_status::error, model::error_class::sse_bridge_error,
                mcp::code::internal_error, "Too many open calls in this session"});
        return;
    }
    const auto number = home().next_number();
    calls_.emplace(number, std::move(call));
    caf::anon_send(goal.actor,
                   call_tool{caf::actor_cast<caf::actor>(this), number, std::move(message.body),
                             message.parts.id, params.name, params.progress_token,
                             std::move(goal.tool), std::move(goal.unified_name),
                             key != nullptr ? key->scope.tools : std::vector<std::string>{}});
}

model::call_record session_actor::draft(const session_scope& scope,
                                        const client_message& message) const {
    model::call_record record;
    record.call = {services_.sequence.next(message.received)};
    record.instance = services_.instance;
    record.project = setup_.row.project;
    record.server = setup_.row.server;
    record.path = setup_.row.path;
    record.caller = setup_.row.caller;
    record.request_id = message.parts.id.of(message.body);
    record.times.received = message.received;
    record.times.authorised = message.authorised;
    const auto& registry = scope.registry();
    if (const auto* project = registry.find_project(record.project)) {
        record.retention_days = project->retention_days;
    }
    if (const auto* server = registry.find_server(record.server)) {
        record.server_name = server->definition.name;
    }
    return record;
}

void session_actor::refuse(model::call_record record, const reply_port_ptr& port,
                           call_ending ending) {
    const std::string message = mcp::make_error(record.request_id, static_cast<int>(ending.code),
                                                ending.message);
    finish({port, {}, std::move(record), {}, nullptr}, {}, std::move(ending), {message}, {});
}

void session_actor::on_answered(tool_answered& answer) {
    auto found = calls_.extract(answer.number);
    if (found.empty()) {
        return;
    }
    auto& call = found.mapped();
    const std::string_view line = answer.line;
    const auto& id = answer.parts.id;
    const auto outcome = mcp::read_call_outcome(answer.line, answer.parts);
    const auto body = answer.parts.result.present() ? answer.parts.result.of(answer.line)
                                                    : answer.parts.error.of(answer.line);
    const std::string client_id = call.record.request_id;
    finish(std::move(call), answer.marks, ending_of(outcome),
           {line.substr(0, id.offset), client_id, line.substr(id.offset + id.size)}, body);
}

void session_actor::on_failed(const tool_failed& failure) {
    auto found = calls_.extract(failure.number);
    if (found.empty()) {
        return;
    }
    auto& call = found.mapped();
    const auto& row = row_of(failure.fault);
    const std::string message = mcp::make_error(call.record.request_id, row.code, failure.reason,
                                                fault_data(call.record.server_name, row.name));
    finish(std::move(call), failure.marks, {row.status, row.failure, row.code, failure.reason},
           {message}, {});
}

void session_actor::on_progressed(const tool_progressed& progress) {
    const auto found = calls_.find(progress.number);
    if (found == calls_.end() || found->second.progress_token.empty()) {
        return;
    }
    const std::string_view line = progress.line;
    const auto& port = found->second.port;
    port->send(port->encode({line.substr(0, progress.token.offset), found->second.progress_token,
                             line.substr(progress.token.offset + progress.token.size)}));
}

void session_actor::finish(running_call call, const call_marks& marks, call_ending ending,
                           const json_pieces& answer, std::string_view result) {
    auto& record = call.record;
    record.status = ending.status;
    record.failure = ending.failure;
    record.error_code = ending.code;
    record.error_message = std::move(ending.message);
    record.times.queued = marks.queued;
    record.times.sent = marks.sent;
    record.times.answered = marks.answered;
    record.times.finished = wall();
    record.result = capture_body(result, services_.options.logged_body_bytes_max);
    bound_texts(record);
    encoded_message encoded = call.port ? call.port->encode(answer) : encoded_message{};
    recorder().record(std::move(record), std::move(call.port), std::move(encoded));
    if (setup_.kind == session_kind::one_call) {
        quit();
    }
}

void session_actor::cancel(client_message& message) {
    const auto wanted = mcp::param_token(message.body, message.parts, "requestId");
    if (!wanted.present()) {
        return;
    }
    for (auto entry = calls_.begin(); entry != calls_.end(); ++entry) {
        if (entry->second.record.request_id != wanted.of(message.body)) {
            continue;
        }
        auto call = std::move(entry->second);
        caf::anon_send(call.server, cancel_call{entry->first});
        calls_.erase(entry);
        const auto port = std::move(call.port);
        finish(
            std::move(call), {},
            {model::call_status::cancelled, model::error_class::none, 0, "cancelled by the client"},
            {}, {});
        if (port) {
            port->abandon();
        }
        return;
    }
}

void session_actor::cancel_all(const std::string& why) {
    auto calls = std::move(calls_);
    calls_.clear();
    for (auto& [number, call] : calls) {
        caf::anon_send(call.server, cancel_call{number});
        // The client did not ask for this end, so whoever still listens is told.
        const auto message = mcp::make_error(call.record.request_id, mcp::code::internal_error,
                                             why);
        finish(std::move(call), {},
               {model::call_status::cancelled, model::error_class::none, 0, why}, {message}, {});
    }
}

} // namespace orch::actors
