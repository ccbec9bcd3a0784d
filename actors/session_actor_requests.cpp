#include "actors/session_actor.hpp"

#include "core/json_writer.hpp"
#include "mcp/param_token.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>

// The part of the session actor that deals with requests which leave no record: prompts, resources,
// completions, log levels, and what only a server itself may know.

namespace orch::actors {

namespace {

constexpr std::size_t instructions_bytes_max = 32 * 1'024;
/// JSON-RPC code of a resource that is not there (2024-11-05 to 2025-11-25, resources, errors).
constexpr int resource_not_found = -32002;

std::string uri_data(const std::string& uri) {
    std::string data;
    json_writer(data).begin_object().key("uri").string(uri).end_object();
    return data;
}

/// What a server that has introduced itself said that it has.
bool offers(const server_view& view, std::string_view capability) {
    return mcp::read_server_capabilities(
               view.introduction->capabilities,
               mcp::parse_revision(view.protocol_version).value_or(mcp::revision::v2024_11_05))
        .has(capability);
}

} // namespace

bool session_actor::id_is_open(std::string_view id) const {
    return std::any_of(requests_.begin(), requests_.end(),
                       [&](const auto& open) { return open.second.id == id; });
}

session_actor::running_request session_actor::open_request(const client_message& message,
                                                           const mcp::request_params& params,
                                                           const target& goal) {
    running_request begun;
    begun.port = message.port;
    begun.id = message.parts.id.of(message.body);
    begun.progress_token = params.progress_token.of(message.body);
    begun.server = goal.actor;
    begun.server_key = goal.server->definition.id;
    begun.server_name = goal.server->definition.name;
    return begun;
}

void session_actor::send_request(client_message& message, const mcp::request_params& params,
                                 target goal, running_request request,
                                 std::optional<model::list_kind> list, resource_watch watch) {
    if (requests_.size() >= services_.options.session_calls_max) {
        constexpr std::string_view too_many = "Too many open calls in this session";
        if (request.record) {
            refuse(std::move(request.record), request.port,
                   {model::call_status::error, model::error_class::sse_bridge_error,
                    mcp::code::internal_error, std::string(too_many)});
        } else {
            answer(request.port, mcp::make_error(request.id, mcp::code::internal_error, too_many));
        }
        return;
    }
    const auto open = scope();
    std::optional<std::string> related;
    if (params.related_task.present()) {
        related = related_task(open, std::string(params.related_task.of(message.body)),
                               goal.server->definition.id);
        if (!related) {
            refuse_related(std::move(request));
            return;
        }
    }
    const auto number = home().next_number();
    const auto part = request.part;
    requests_.emplace(number, std::move(request));
    if (card_) {
        told_[goal.server->definition.id] = goal.actor;
    }
    const bool renamed = list == model::list_kind::tools || list == model::list_kind::prompts;
    forward_request forwarded;
    forwarded.session = caf::actor_cast<caf::actor>(this);
    forwarded.number = number;
    forwarded.body = std::move(message.body);
    forwarded.id = message.parts.id;
    const bool names_task = part == task_part::ask || part == task_part::result;
    forwarded.name = renamed || names_task ? params.name : mcp::slice{};
    forwarded.part = part;
    forwarded.related_task = related.value_or("");
    forwarded.related_place = params.related_task;
    forwarded.progress_token = params.progress_token;
    forwarded.item = std::move(goal.item);
    forwarded.unified_name = std::move(goal.unified_name);
    if (open.key() != nullptr) {
        forwarded.only_tools = open.key()->scope.tools;
    }
    forwarded.list = renamed ? list : std::nullopt;
    forwarded.client = card_;
    forwarded.watch = watch;
    caf::anon_send(goal.actor, std::move(forwarded));
}

void session_actor::pass_on(const running_request& request, const json_pieces& answer) {
    if (request.port) {
        request.port->answer(request.port->encode(answer));
    }
}

void session_actor::ask_server(client_message& message, const mcp::routed_method& method,
                               resource_watch watch) {
    const std::string id(message.parts.id.of(message.body));
    const auto params = mcp::parse_request_params(message.body, message.parts, method.target);
    if (!params) {
        answer(message.port, mcp::make_error(id, params.error().rpc_code, params.error().detail));
        return;
    }
    if (id_is_open(id)) {
        answer(message.port, mcp::make_error(id, mcp::code::invalid_request,
                                             "The id belongs to a request that is still open"));
        return;
    }
    const auto open = scope();
    if (const auto barred = what_bars(open); !barred.empty()) {
        answer(message.port, mcp::make_error(id, mcp::code::invalid_request, barred));
        return;
    }
    const bool prompt = method.target == mcp::request_target::prompt || params->is_prompt;
    auto goal = prompt ? route(open, model::list_kind::prompts, params->named)
                       : route_uri(open, params->named);
    if (goal.server == nullptr) {
        answer(message.port,
               prompt ? mcp::make_error(id, mcp::code::invalid_params,
                                        fmt::format("Unknown prompt: {}", params->named))
                      : mcp::make_error(id, resource_not_found,
                                        fmt::format("Resource not found: {}", params->named),
                                        uri_data(params->named)));
        return;
    }
    if (refuses_method(message, *goal.server, method)) {
        return;
    }
    auto begun = open_request(message, *params, goal);
    begun.has_content = method.target == mcp::request_target::prompt;
    send_request(message, *params, std::move(goal), std::move(begun),
                 prompt ? std::optional(model::list_kind::prompts) : std::nullopt, watch);
}

bool session_actor::refuses_method(const client_message& message, const model::server_entry& server,
                                   const mcp::routed_method& method) {
    if (may_offer(server.definition.id, method.capability)) {
        return false;
    }
    answer(message.port,
           mcp::make_error(message.parts.id.of(message.body), mcp::code::method_not_found,
                           fmt::format("Method not found: {} (server '{}' has no {})",
                                       method.method, server.definition.name, method.capability)));
    return true;
}

void session_actor::refuse_related(running_request request) {
    constexpr std::string_view unknown = "Unknown related task: it is none of yours at that server";
    if (request.record) {
        refuse(std::move(request.record), request.port,
               {model::call_status::error, model::error_class::invalid_parameters,
                mcp::code::invalid_params, std::string(unknown)});
    } else {
        answer(request.port, mcp::make_error(request.id, mcp::code::invalid_params, unknown));
    }
}

void session_actor::watch_resource(client_message& message, resource_watch watch) {
    const std::string method(message.parts.method.of(message.body));
    ask_server(message, {method, mcp::request_target::resource, "resources.subscribe"}, watch);
}

void session_actor::ask_only_server(client_message& message) {
    const std::string id(message.parts.id.of(message.body));
    const auto open = scope();
    target goal;
    // A key for some tools opens nothing else that the server may do.
    const bool all_tools = open.key() == nullptr || open.key()->scope.tools.empty();
    if (!unified() && all_tools && what_bars(open).empty()) {
        goal = with_actor({open.only_server(), nullptr, {}, {}});
    }
    const auto params = mcp::parse_request_params(message.body, message.parts,
                                                  mcp::request_target::nothing);
    if (goal.server == nullptr || !params || id_is_open(id)) {
        answer(message.port, mcp::make_error(id, mcp::code::method_not_found,
                                             fmt::format("Method not found: {}",
                                                         message.parts.method.of(message.body))));
        return;
    }
    auto begun = open_request(message, *params, goal);
    send_request(message, *params, std::move(goal), std::move(begun), std::nullopt);
}

void session_actor::set_log_level(client_message& message) {
    const auto id = message.parts.id.of(message.body);
    const auto open = scope();
    const auto servers = open.servers();
    if (std::none_of(servers.begin(), servers.end(), [this](const model::server_entry* server) {
            return may_offer(server->definition.id, "logging");
        })) {
        answer(message.port,
               mcp::make_error(id, mcp::code::method_not_found,
                               "Method not found: logging/setLevel (no server has logging)"));
        return;
    }
    const auto level = mcp::parse_log_level(mcp::param_word(message.body, message.parts, "level"));
    if (!level) {
        answer(message.port,
               mcp::make_error(id, mcp::code::invalid_params,
                               "\"params.level\" is none of debug, info, notice, warning, error, "
                               "critical, alert, emergency"));
        return;
    }
    log_level_ = *level;
    const auto self = caf::actor_cast<caf::actor>(this);
    for (const auto* server : servers) {
        const auto& server_id = server->definition.id;
        if (const auto actor = services_.board.actor(server_id)) {
            told_[server_id] = actor;
            caf::anon_send(actor, want_logs{self, *level, card_});
        }
    }
    answer(message.port, mcp::make_result(id, "{}"));
}

void session_actor::on_notified(const server_notified& notified) {
    if (!initialized_) {
        return;
    }
    const auto method = notified.parts.method.of(notified.line);
    if (method == "notifications/tasks/status" && version_ < mcp::revision::v2025_11_25) {
        return;
    }
    if (method == "notifications/message") {
        auto line = notified.line;
        const auto level = mcp::parse_log_level(mcp::param_word(line, notified.parts, "level"));
        if (level.value_or(mcp::log_level::emergency) < log_level_) {
            return;
        }
    }
    if (const auto port = port_for(notified.number)) {
        port->send(port->encode({with_sealed_tasks(notified)}));
    }
}

bool session_actor::may_offer(const server_id& server, std::string_view capability) const {
    const auto view = services_.board.view(server);
    return !view || !view->introduction || offers(*view, capability);
}

bool session_actor::has_capability(const server_id& server, std::string_view capability) const {
    const auto view = services_.board.view(server);
    return view && view->introduction && offers(*view, capability);
}

mcp::server_capabilities session_actor::offered(const session_scope& scope) const {
    mcp::server_capabilities all;
    for (const auto* server : scope.servers()) {
        const auto view = services_.board.view(server->definition.id);
        all = mcp::both(all, view && view->introduction
                                 ? mcp::read_server_capabilities(view->introduction->capabilities)
                                 : mcp::every_capability());
    }
    // An endpoint without servers may get some.
    return unified() ? mcp::both(all, {.tools = true}) : all;
}

std::string session_actor::instructions(const session_scope& scope) const {
    std::string all;
    for (const auto* server : scope.servers()) {
        const auto view = services_.board.view(server->definition.id);
        if (!view || !view->introduction || view->introduction->instructions.empty()) {
            continue;
        }
        const auto& own = view->introduction->instructions;
        if (!unified()) {
            return own;
        }
        const auto part = fmt::format("{}## {}\n\n{}", all.empty() ? "" : "\n\n",
                                      server->definition.name, own);
        if (all.size() + part.size() <= instructions_bytes_max) {
            all += part;
        }
    }
    return all;
}

} // namespace orch::actors
