#include "actors/server_actor.hpp"

#include "mcp/json_cursor.hpp"
#include "mcp/task.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <utility>

// Tasks (2025-11-25): to the server all clients are one, so whose a task is, and who hears of it,
// is known here. Ids are those of the server; sessions seal them for their clients.

namespace orch::actors {

bool server_actor::has_task_of(const forward_request& request) {
    return (request.part == task_part::ask || request.part == task_part::result) &&
           tasks_.find(request.item, request.client->task_owner) != nullptr;
}

bool server_actor::settles_task(forward_request& request) {
    if (request.part == task_part::none && !request.related_place.present()) {
        return false;
    }
    const auto& owner = request.client->task_owner;
    const bool names_one = request.part == task_part::ask || request.part == task_part::result;
    auto* named = names_one ? tasks_.find(request.item, owner) : nullptr;
    const bool foreign = request.related_place.present() &&
                         tasks_.find(request.related_task, owner) == nullptr;
    if ((names_one && named == nullptr) || foreign) {
        requests_.refuse(request, {call_fault::unknown_task,
                                   fmt::format("Unknown task: {} has none of that id (any more)",
                                               profile_.who())});
        return true;
    }
    if (request.part == task_part::make && !tasks_.has_room(owner)) {
        requests_.refuse(request, {call_fault::overloaded,
                                   fmt::format("{} has too many tasks", profile_.who())});
        return true;
    }
    if (request.part == task_part::list && !tasks_.any_of(owner)) {
        requests_.answer(request, R"({"tasks":[]})");
        return true;
    }
    if (named != nullptr && !named->session) {
        named->session = request.session;
    }
    if (request.part == task_part::result) {
        request.patience = std::chrono::ceil<std::chrono::milliseconds>(named->ends - now());
    }
    return false;
}

void server_actor::note_task_answer(std::uint64_t number, const task_call& call, std::string& line,
                                    mcp::envelope& parts) {
    if (!parts.result.present()) {
        return;
    }
    if (call.part == task_part::list) {
        keep_own_tasks(call.owner, line, parts);
        return;
    }
    const auto where = call.part == task_part::make ? mcp::read_call_outcome(line, parts).task
                                                    : parts.result;
    const auto told = call.part == task_part::result ? std::nullopt : mcp::read_task(line, where);
    if (call.part == task_part::make && told) {
        open_task made;
        made.owner = call.owner;
        made.session = requests_.session_of(number);
        made.number = number;
        made.progress_token = call.progress_token;
        made.over = told->over;
        tasks_.add(told->id, std::move(made), now(), told->ttl);
    } else if (auto* known = tasks_.find(call.id, call.owner)) {
        known->over = known->over || call.part == task_part::result || (told && told->over);
    }
}

void server_actor::keep_own_tasks(std::string_view owner, std::string& line,
                                  mcp::envelope& parts) const {
    const std::string id(parts.id.of(line));
    const auto& shape = mcp::task_list_shape();
    const auto reading = mcp::read_item_page(line, parts, shape);
    if (!reading) {
        line = mcp::make_error(id, mcp::code::internal_error, reading.error().detail);
    } else {
        std::vector<std::string> own;
        for (const auto& task : reading->page.items) {
            if (tasks_.is_of(task.name, owner)) {
                own.push_back(task.definition);
            }
        }
        line = mcp::make_result(
            id, mcp::list_result(shape, own, mcp::string_value(reading->page.next_cursor)));
    }
    parts = mcp::parse_server_line(line).value();
}

void server_actor::pass_task_progress_on(std::uint64_t number, std::string& line,
                                         mcp::envelope parts, mcp::slice token) {
    const auto* made = tasks_.empty() ? nullptr : tasks_.made_by(number);
    if (made == nullptr || made->second.over || !made->second.session ||
        made->second.progress_token.empty()) {
        return;
    }
    line = mcp::splice_line(line, {{token, made->second.progress_token}});
    parts = mcp::parse_server_line(line).value();
    caf::anon_send(made->second.session,
                   server_notified{profile_.definition().id, 0, std::move(line), parts});
}

void server_actor::pass_task_status_on(std::string& line, const mcp::envelope& parts) {
    const auto told = mcp::read_task(line, parts.params);
    auto* task = told ? tasks_.find(told->id) : nullptr;
    if (task == nullptr) {
        return;
    }
    task->over = task->over || told->over;
    if (task->session) {
        caf::anon_send(task->session,
                       server_notified{profile_.definition().id, 0, std::move(line), parts});
    }
}

} // namespace orch::actors
