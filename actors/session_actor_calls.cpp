#include "actors/session_actor.hpp"

#include "core/json_writer.hpp"
#include "mcp/older_content.hpp"
#include "mcp/param_token.hpp"
#include "mcp/task.hpp"

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

constexpr std::array<fault_row, 7> fault_table{{
    {call_fault::unknown_item, model::call_status::error, model::error_class::invalid_parameters,
     mcp::code::invalid_params, "unknown_tool"},
    {call_fault::unknown_task, model::call_status::error, model::error_class::invalid_parameters,
     mcp::code::invalid_params, "unknown_task"},
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
    const auto params = mcp::parse_request_params(message.body, message.parts,
                                                  mcp::request_target::tool);
    auto goal = params ? route(open, model::list_kind::tools, params->named) : target{};
    // Who reads the log wants to know what was refused, too.
    if (params) {
        note_target(*record, message, *params, goal);
    }
    if (auto barred = bar(open, *record)) {
        refuse(std::move(record), message.port, std::move(*barred));
        return;
    }
    if (!params) {
        refuse(std::move(record), message.port,
               {model::call_status::error, model::error_class::invalid_parameters,
                params.error().rpc_code, params.error().detail});
        return;
    }
    if (goal.server == nullptr) {
        refuse(std::move(record), message.port,
               {model::call_status::error, model::error_class::invalid_parameters,
                mcp::code::invalid_params, "Unknown tool: " + params->named});
        return;
    }
    if (!message.refusal.empty()) {
        refuse(std::move(record), message.port,
               {model::call_status::error, model::error_class::execution_error, 0,
                std::move(message.refusal)});
        return;
    }
    auto begun = open_request(message, *params, goal);
    begun.record = std::move(record);
    begun.permit = std::move(message.permit);
    begun.has_content = true;
    if (params->task.present() && card_) {
        begun.part = task_part::make;
    }
    send_request(message, *params, std::move(goal), std::move(begun), model::list_kind::tools);
}

void session_actor::note_target(model::call_record& record, const client_message& message,
                                const mcp::request_params& params, const target& goal) const {
    record.tool_name = params.named;
    record.arguments = capture(params.arguments.of(message.body));
    if (goal.server != nullptr) {
        record.server = goal.server->definition.id;
        record.server_name = goal.server->definition.name;
        record.tool_name = goal.item;
    }
}

model::body session_actor::capture(std::string_view json) const {
    const auto& options = services_.options;
    return options.records_calls ? capture_body(json, options.logged_body_bytes_max)
                                 : model::body{};
}

std::string session_actor::what_bars(const session_scope& scope) const {
    if (!scope.may_call()) {
        return "The key may list, but not call";
    }
    return scope.takes_client() ? std::string{} : wrong_client_type();
}

std::string session_actor::wrong_client_type() const {
    return fmt::format("The key is not for clients of the type {}", setup_.row.caller.client_type);
}

std::optional<call_ending> session_actor::bar(const session_scope& scope,
                                              const model::call_record& record) const {
    if (!initialized_) {
        return call_ending{model::call_status::error, model::error_class::initialization_incomplete,
                           mcp::code::invalid_request, std::string(not_initialized)};
    }
    if (auto barred = what_bars(scope); !barred.empty()) {
        return call_ending{model::call_status::error, model::error_class::execution_error,
                           mcp::code::invalid_request, std::move(barred)};
    }
    if (id_is_open(record.request_id)) {
        return call_ending{model::call_status::error, model::error_class::invalid_parameters,
                           mcp::code::invalid_request,
                           "The id belongs to a call that is still open"};
    }
    return std::nullopt;
}

model::call_record_ptr session_actor::draft(const session_scope& scope,
                                            const client_message& message) const {
    auto drafted = std::make_unique<model::call_record>();
    auto& record = *drafted;
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
    return drafted;
}

void session_actor::refuse(model::call_record_ptr record, const reply_port_ptr& port,
                           call_ending ending) {
    const std::string message = mcp::make_error(record->request_id, static_cast<int>(ending.code),
                                                ending.message);
    running_request call;
    call.port = port;
    call.record = std::move(record);
    finish(std::move(call), {}, std::move(ending), {message}, {});
}

void session_actor::on_answered(request_answered& answer) {
    auto found = requests_.extract(answer.number);
    if (found.empty()) {
        on_tasks_listed(answer);
        return;
    }
    auto& request = found.mapped();
    const auto outcome = request.record ? mcp::read_call_outcome(answer.line, answer.parts)
                                        : mcp::call_outcome{};
    if (outcome.task.present() && request.part != task_part::make) {
        refuse_task(std::move(request), answer.marks);
        return;
    }
    const std::string client_id = request.id;
    const auto& id = answer.parts.id;
    std::string other;
    if (auto rewrites = rewrites_of(request, answer, outcome.task); !rewrites.empty()) {
        rewrites.push_back({id, client_id});
        other = mcp::rewritten(answer.line, std::move(rewrites));
    }
    const std::string_view line = answer.line;
    const json_pieces pieces = other.empty() ? json_pieces{line.substr(0, id.offset), client_id,
                                                           line.substr(id.offset + id.size)}
                                             : json_pieces{other};
    if (!request.record) {
        pass_on(request, pieces);
        return;
    }
    const auto body = answer.parts.result.present() ? answer.parts.result.of(line)
                                                    : answer.parts.error.of(line);
    finish(std::move(request), answer.marks, ending_of(outcome), pieces, body);
}

void session_actor::refuse_task(running_request call, const call_marks& marks) {
    constexpr std::string_view unasked = "The server made a task of a call that was to be none";
    const auto message = mcp::make_error(call.id, mcp::code::internal_error, unasked);
    finish(std::move(call), marks,
           {model::call_status::error, model::error_class::execution_error,
            mcp::code::internal_error, std::string(unasked)},
           {message}, {});
}

std::vector<mcp::rewrite> session_actor::rewrites_of(const running_request& request,
                                                     request_answered& answer,
                                                     mcp::slice made) const {
    if (!answer.parts.result.present()) {
        return {};
    }
    if (request.part != task_part::none) {
        return sealed_tasks(request, answer, made);
    }
    return request.has_content ? mcp::older_content(answer.line, answer.parts.result, version_)
                               : std::vector<mcp::rewrite>{};
}

void session_actor::on_failed(const request_failed& failure) {
    auto found = requests_.extract(failure.number);
    if (found.empty()) {
        if (auto list = task_lists_.extract(failure.number); !list.empty()) {
            tasks_not_listed(std::move(list.mapped()), failure.reason);
        }
        return;
    }
    auto& request = found.mapped();
    const auto& row = row_of(failure.fault);
    // Of all that has a name at a server, calls of tools alone leave a record.
    const bool prompt = failure.fault == call_fault::unknown_item && !request.record;
    const std::string message = mcp::make_error(
        request.id, row.code, failure.reason,
        fault_data(request.server_name, prompt ? "unknown_prompt" : row.name));
    if (!request.record) {
        pass_on(request, {message});
        return;
    }
    finish(std::move(request), failure.marks, {row.status, row.failure, row.code, failure.reason},
           {message}, {});
}

void session_actor::on_progressed(const request_progressed& progress) {
    const auto found = requests_.find(progress.number);
    if (found == requests_.end() || found->second.progress_token.empty()) {
        return;
    }
    const auto& port = found->second.port;
    if (progress.line.find("related-task") != std::string::npos) {
        send_related(progress, found->second);
        return;
    }
    const std::string_view line = progress.line;
    port->send(port->encode({line.substr(0, progress.token.offset), found->second.progress_token,
                             line.substr(progress.token.offset + progress.token.size)}));
}

void session_actor::finish(running_request call, const call_marks& marks, call_ending ending,
                           const json_pieces& answer, std::string_view result) {
    auto& record = *call.record;
    record.status = ending.status;
    record.failure = ending.failure;
    record.error_code = ending.code;
    record.error_message = std::move(ending.message);
    record.times.queued = marks.queued;
    record.times.sent = marks.sent;
    record.times.answered = marks.answered;
    record.times.finished = wall();
    record.result = capture(result);
    bound_texts(record);
    encoded_message encoded = call.port ? call.port->encode(answer) : encoded_message{};
    recorder().record(std::move(call.record), std::move(call.port), std::move(encoded));
    if (setup_.kind == session_kind::one_call) {
        quit();
    }
}

void session_actor::cancel(client_message& message) {
    const auto wanted = mcp::param_token(message.body, message.parts, "requestId");
    if (!wanted.present()) {
        return;
    }
    for (auto entry = requests_.begin(); entry != requests_.end(); ++entry) {
        if (entry->second.id != wanted.of(message.body)) {
            continue;
        }
        auto request = std::move(entry->second);
        caf::anon_send(request.server, cancel_request{entry->first, card_});
        requests_.erase(entry);
        const auto port = std::move(request.port);
        if (request.record) {
            finish(std::move(request), {},
                   {model::call_status::cancelled, model::error_class::none, 0,
                    "cancelled by the client"},
                   {}, {});
        }
        if (port) {
            port->abandon();
        }
        return;
    }
}

void session_actor::cancel_all(const std::string& why) {
    auto requests = std::move(requests_);
    requests_.clear();
    for (auto& [number, request] : requests) {
        caf::anon_send(request.server, cancel_request{number, card_});
        // The client did not ask for this end, so whoever still listens is told.
        const auto message = mcp::make_error(request.id, mcp::code::internal_error, why);
        if (request.record) {
            finish(std::move(request), {},
                   {model::call_status::cancelled, model::error_class::none, 0, why}, {message},
                   {});
        } else {
            pass_on(request, {message});
        }
    }
}

} // namespace orch::actors
