#include "actors/session_actor.hpp"

#include "actors/seal.hpp"
#include "core/json_writer.hpp"
#include "mcp/json_cursor.hpp"
#include "mcp/param_token.hpp"
#include "mcp/task.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>

// The part of the session actor that deals with tasks (2025-11-25): clients know them by sealed
// ids, which say at which server a task is and hold for their owner alone.

namespace orch::actors {

namespace {

constexpr std::string_view unknown_task =
    "Unknown task: it is none of yours, or is not kept any more";
constexpr std::string_view unknown_cursor = "Unknown cursor: begin the list of tasks anew";
/// Tasks on one page, unless a server has more on one of its own.
constexpr std::size_t page_tasks_max = 100;
/// Requests to servers for one page.
constexpr std::size_t page_requests_max = 100;
/// Of a server's cursor; it comes back sealed.
constexpr std::size_t server_cursor_bytes_max = 1'024;
constexpr std::size_t cursor_bytes_max = 2'048;

std::string json_string(std::string_view text) {
    std::string token;
    append_json_string(token, text);
    return token;
}

} // namespace

bool session_actor::refuses_tasks(const client_message& message) {
    if (version_ >= mcp::revision::v2025_11_25 && card_) {
        return false;
    }
    answer(message.port,
           mcp::make_error(message.parts.id.of(message.body), mcp::code::method_not_found,
                           fmt::format("Method not found: {} (it is of revision 2025-11-25)",
                                       message.parts.method.of(message.body))));
    return true;
}

session_actor::target session_actor::route_task(const session_scope& scope,
                                                std::string_view sealed_id) const {
    const auto task = unsealed(sealed_kind::task, sealed_id, card_->task_owner);
    if (!task || !what_bars(scope).empty()) {
        return {};
    }
    for (const auto* server : scope.servers()) {
        if (server->definition.id == task->server) {
            return with_actor({server, nullptr, task->value, {}});
        }
    }
    return {};
}

void session_actor::ask_about_task(client_message& message, const mcp::routed_method& method) {
    if (refuses_tasks(message)) {
        return;
    }
    const std::string id(message.parts.id.of(message.body));
    const auto params = mcp::parse_request_params(message.body, message.parts, method.target);
    if (!params || id_is_open(id)) {
        answer(message.port,
               params ? mcp::make_error(id, mcp::code::invalid_request,
                                        "The id belongs to a request that is still open")
                      : mcp::make_error(id, params.error().rpc_code, params.error().detail));
        return;
    }
    auto goal = route_task(scope(), params->named);
    if (goal.server == nullptr) {
        answer(message.port, mcp::make_error(id, mcp::code::invalid_params, unknown_task));
        return;
    }
    if (refuses_method(message, *goal.server, method)) {
        return;
    }
    auto begun = open_request(message, *params, goal);
    begun.part = method.method == "tasks/result" ? task_part::result : task_part::ask;
    send_request(message, *params, std::move(goal), std::move(begun), std::nullopt);
}

std::optional<std::string> session_actor::related_task(const session_scope& scope, std::string text,
                                                       const server_id& server) const {
    const auto told = mcp::read_task(text, {0, text.size()});
    const auto goal = told && card_ ? route_task(scope, told->id) : target{};
    return goal.server != nullptr && goal.server->definition.id == server ? std::optional(goal.item)
                                                                          : std::nullopt;
}

std::string session_actor::sealed_token(const server_id& server, std::string_view id) const {
    return json_string(
        sealed(sealed_kind::task, {server, std::string(id)}, card_ ? card_->task_owner : ""));
}

std::vector<mcp::rewrite> session_actor::sealed_related(std::string& line, mcp::slice where,
                                                        const server_id& server) const {
    const auto token = mcp::related_task(line, where);
    if (!token.present()) {
        return {};
    }
    return {{token, sealed_token(server, mcp::string_value(token.of(line)))}};
}

std::vector<mcp::rewrite> session_actor::sealed_tasks(const running_request& request,
                                                      request_answered& answer,
                                                      mcp::slice made) const {
    const auto& result = answer.parts.result;
    auto edits = sealed_related(answer.line, result, request.server_key);
    const auto where = request.part == task_part::make  ? made
                       : request.part == task_part::ask ? result
                                                        : mcp::slice{};
    if (const auto task = mcp::read_task(answer.line, where)) {
        edits.push_back({task->token, sealed_token(request.server_key, task->id)});
    }
    return edits;
}

std::string session_actor::with_sealed_tasks(const server_notified& notified) const {
    auto line = notified.line;
    const auto& params = notified.parts.params;
    auto edits = sealed_related(line, params, notified.server);
    if (notified.parts.method.of(line) == "notifications/tasks/status") {
        if (const auto task = mcp::read_task(line, params)) {
            edits.push_back({task->token, sealed_token(notified.server, task->id)});
        }
    }
    return edits.empty() ? line : mcp::rewritten(line, std::move(edits));
}

void session_actor::unseal_related(client_message& message, const server_id& server) const {
    const auto token = mcp::related_task(message.body, message.parts.result);
    if (!token.present()) {
        return;
    }
    const auto task = unsealed(sealed_kind::task, mcp::string_value(token.of(message.body)),
                               card_ ? card_->task_owner : "");
    if (task && task->server == server) {
        message.body = mcp::rewritten(message.body, {{token, json_string(task->value)}});
        message.parts = mcp::parse_client_message(message.body).value();
    }
}

void session_actor::send_related(const request_progressed& progress,
                                 const running_request& request) const {
    auto line = progress.line;
    const auto parts = mcp::parse_server_line(line).value();
    auto edits = sealed_related(line, parts.params, request.server_key);
    edits.push_back({progress.token, request.progress_token});
    request.port->send(request.port->encode({mcp::rewritten(line, std::move(edits))}));
}

void session_actor::list_tasks(client_message& message) {
    if (refuses_tasks(message)) {
        return;
    }
    const std::string id(message.parts.id.of(message.body));
    const auto cursor = mcp::param_token(message.body, message.parts, "cursor").of(message.body);
    const auto open = scope();
    running_task_list list{message.port, id};
    for (const auto* server : open.servers()) {
        if (has_capability(server->definition.id, "tasks.list")) {
            list.servers.push_back(server->definition.id);
        }
    }
    if (list.servers.empty()) {
        answer(message.port,
               mcp::make_error(id, mcp::code::method_not_found,
                               "Method not found: tasks/list: no server lists tasks"));
        return;
    }
    if (!cursor.empty() && !take_up(list, cursor)) {
        answer(message.port, mcp::make_error(id, mcp::code::invalid_params, unknown_cursor));
        return;
    }
    if (lists_.size() + task_lists_.size() >= services_.options.session_lists_max) {
        answer(message.port, mcp::make_error(id, mcp::code::internal_error,
                                             "Too many open requests in this session"));
        return;
    }
    go_on_with(std::move(list));
}

bool session_actor::take_up(running_task_list& list, std::string_view cursor) const {
    const auto place = mcp::is_string(cursor) && cursor.size() <= cursor_bytes_max
                           ? unsealed(sealed_kind::task_cursor, mcp::string_value(cursor),
                                      card_->task_owner)
                           : std::nullopt;
    const auto server = place ? std::find(list.servers.begin(), list.servers.end(), place->server)
                              : list.servers.end();
    if (server == list.servers.end()) {
        return false;
    }
    list.servers.erase(list.servers.begin(), server);
    list.cursor = place->value;
    return true;
}

void session_actor::go_on_with(running_task_list list) {
    while (!list.servers.empty() && list.tasks.size() < page_tasks_max &&
           list.requests < page_requests_max) {
        if (const auto actor = services_.board.actor(list.servers.front())) {
            request_tasks(actor, std::move(list));
            return;
        }
        list.servers.erase(list.servers.begin());
        list.cursor.clear();
    }
    const auto next = list.servers.empty()
                          ? std::string{}
                          : sealed(sealed_kind::task_cursor, {list.servers.front(), list.cursor},
                                   card_->task_owner);
    answer(list.port,
           mcp::make_result(list.id, mcp::list_result(mcp::task_list_shape(), list.tasks, next)));
}

void session_actor::request_tasks(const caf::actor& server, running_task_list list) {
    const auto number = home().next_number();
    forward_request wanted;
    wanted.session = caf::actor_cast<caf::actor>(this);
    wanted.number = number;
    wanted.body = mcp::make_request(
        "0", "tasks/list",
        list.cursor.empty() ? "" : fmt::format(R"({{"cursor":{}}})", json_string(list.cursor)));
    wanted.id = mcp::parse_client_message(wanted.body).value().id;
    wanted.list = std::nullopt;
    wanted.client = card_;
    wanted.part = task_part::list;
    wanted.patience = services_.options.list_patience;
    told_[list.servers.front()] = server;
    ++list.requests;
    task_lists_.emplace(number, std::move(list));
    caf::anon_send(server, std::move(wanted));
}

void session_actor::on_tasks_listed(request_answered& answered) {
    auto found = task_lists_.extract(answered.number);
    if (found.empty()) {
        return;
    }
    auto& list = found.mapped();
    const auto reading = mcp::read_item_page(answered.line, answered.parts, mcp::task_list_shape());
    if (!reading) {
        tasks_not_listed(std::move(list), reading.error().detail);
        return;
    }
    for (const auto& task : reading->page.items) {
        list.tasks.push_back(mcp::renamed(
            task, sealed(sealed_kind::task, {list.servers.front(), task.name}, card_->task_owner),
            mcp::task_list_shape().key));
    }
    const auto cursor = mcp::string_value(reading->page.next_cursor);
    // A cursor that is too long to come back ends this server's part.
    if (cursor.empty() || cursor.size() > server_cursor_bytes_max || cursor == list.cursor) {
        list.servers.erase(list.servers.begin());
        list.cursor.clear();
    } else {
        list.cursor = cursor;
    }
    go_on_with(std::move(list));
}

void session_actor::tasks_not_listed(running_task_list list, const std::string& why) {
    // As with the other lists: the unified one goes on without the server.
    if (!unified()) {
        answer(list.port, mcp::make_error(list.id, mcp::code::internal_error, why));
        return;
    }
    list.servers.erase(list.servers.begin());
    list.cursor.clear();
    go_on_with(std::move(list));
}

} // namespace orch::actors
