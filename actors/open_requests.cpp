#include "actors/open_requests.hpp"

#include "actors/open_questions.hpp"
#include "core/json_writer.hpp"
#include "mcp/item_list.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace orch::actors {

namespace {

/// The client's message with our id, the server's own name for the item and our progress token.
std::string to_server_line(const forward_request& request, std::string_view id,
                           std::string_view name) {
    std::string related;
    if (request.related_place.present()) {
        json_writer(related).begin_object().key("taskId").string(request.related_task).end_object();
    }
    std::array<mcp::splice, 4> edits{{{request.id, id},
                                      {request.name, name},
                                      {request.progress_token, id},
                                      {request.related_place, related}}};
    std::sort(edits.begin(), edits.end(), [](const mcp::splice& left, const mcp::splice& right) {
        return left.where.offset < right.where.offset;
    });
    // What is absent has no place and comes first.
    const auto absent = std::count_if(
        edits.begin(), edits.end(), [](const mcp::splice& edit) { return !edit.where.present(); });
    return mcp::splice_line(request.body,
                            std::span(edits).subspan(static_cast<std::size_t>(absent)));
}

} // namespace

open_call open_requests::opened(const forward_request& call) const {
    const auto now = clock_.monotonic();
    open_call opened;
    opened.session = call.session;
    opened.timeout = call.patience.value_or(profile_.definition().call_timeout);
    opened.deadline = now + opened.timeout;
    // Whoever says how long they wait means it.
    opened.limit = call.patience ? opened.deadline : now + timeouts_max * opened.timeout;
    opened.last = opened.limit + timeouts_max * open_questions::patience;
    if (call.part != task_part::none) {
        opened.task = std::make_shared<const task_call>(
            task_call{call.part, call.part == task_part::make ? "" : call.item,
                      call.client->task_owner, std::string(call.progress_token.of(call.body))});
    }
    if (call.watch == resource_watch::begin) {
        opened.watch = std::make_shared<watch_call>();
        opened.watch->uri = call.item;
        opened.watch->waiters.push_back({call.session, call.number, true});
    }
    return opened;
}

bool open_requests::send(forward_request& call) {
    if (calls_.size() >= options_.open_calls_max) {
        refuse_for_room(call);
        return false;
    }
    calls_.add(call.number, opened(call));
    write(call);
    return true;
}

bool open_requests::keep(forward_request& call) {
    if (kept_.size() >= options_.queued_calls_max || calls_.size() >= options_.open_calls_max) {
        refuse_for_room(call);
        return false;
    }
    if (!kept_.empty() && kept_bytes_ + call.body.size() > options_.queued_bytes_max) {
        refuse(call, {call_fault::overloaded,
                      fmt::format("{} is not ready, and too many bytes of calls wait for it ({})",
                                  profile_.who(), kept_bytes_)});
        return false;
    }
    auto waiting = opened(call);
    waiting.marks.queued = clock_.wall();
    calls_.add(call.number, std::move(waiting));
    kept_bytes_ += call.body.size();
    kept_.push_back(std::move(call));
    return true;
}

bool open_requests::keep(const list_items& list) {
    if (lists_.size() >= options_.open_lists_max) {
        answer(list,
               fmt::format("{} has too many open requests ({})", profile_.who(), lists_.size()));
        return false;
    }
    lists_.push_back({list, clock_.monotonic() + list_patience()});
    return true;
}

std::chrono::milliseconds open_requests::list_patience() const noexcept {
    return options_.handshake_timeout + options_.list_patience;
}

std::deque<forward_request> open_requests::take_kept() {
    kept_bytes_ = 0;
    return std::exchange(kept_, {});
}

void open_requests::refuse(const forward_request& call, call_failure failure) const {
    fail(call.number, opened(call), std::move(failure));
}

void open_requests::refuse_for_room(const forward_request& call) const {
    refuse(call, {call_fault::overloaded,
                  fmt::format("{} has too many open calls ({})", profile_.who(), calls_.size())});
}

void open_requests::answer(const forward_request& request, std::string_view result) const {
    auto line = mcp::make_result(std::to_string(request.number), result);
    const auto parts = mcp::parse_server_line(line).value();
    caf::anon_send(request.session, request_answered{request.number, std::move(line), parts, {}});
}

void open_requests::answer(const list_items& list, const std::string& fault) const {
    caf::anon_send(list.session,
                   items_listed{list.number, profile_.definition().id, profile_.items(list.kind),
                                profile_.hidden(fault), list.kind});
}

std::optional<std::string> open_requests::own_name(const forward_request& request) const {
    const auto* item = profile_.find_item(request);
    const bool known = request.list && profile_.items(*request.list);
    if (known && item == nullptr) {
        return std::nullopt;
    }
    const auto& name = item != nullptr ? item->name : request.item;
    const auto& only = request.only_tools;
    const bool barred = request.list == model::list_kind::tools &&
                        (!profile_.offers(name) ||
                         (!only.empty() &&
                          std::find(only.begin(), only.end(), name) == only.end()));
    return barred ? std::nullopt : std::optional(name);
}

void open_requests::write(const forward_request& call) {
    const auto meant = own_name(call);
    if (!meant) {
        const auto noun = mcp::shape_of(call.list.value_or(model::list_kind::tools)).noun;
        fail(call.number, *calls_.take(call.number),
             {call_fault::unknown_item, fmt::format("Unknown {}: {}", noun, call.item)});
        return;
    }
    std::string name;
    append_json_string(name, *meant);
    if (!child_.write_line(to_server_line(call, std::to_string(call.number), name))) {
        fail(call.number, *calls_.take(call.number),
             {call_fault::overloaded, profile_.who() + " does not read its input"});
        return;
    }
    auto* open = calls_.find(call.number);
    open->sent = true;
    ++sent_;
    users_.note(call.client ? call.client->task_owner : "");
    open->marks.sent = clock_.wall();
}

void open_requests::send_kept() {
    for (const auto& waiting : std::exchange(lists_, {})) {
        answer(waiting.list, "");
    }
    for (const auto& call : take_kept()) {
        write(call);
    }
}

void open_requests::hand_over_sent(open_requests& to) {
    for (auto& [number, call] : calls_.take_sent()) {
        to.calls_.add(number, std::move(call));
    }
}

bool open_requests::answered(std::uint64_t number, std::string& line, mcp::envelope parts) {
    auto call = calls_.take(number);
    if (!call) {
        return false;
    }
    call->marks.answered = clock_.wall();
    hide_secrets(line, parts);
    if (call->watch) {
        for (const auto& waiter : call->watch->waiters) {
            caf::anon_send(waiter.session,
                           request_answered{waiter.number, line, parts, call->marks});
        }
        return true;
    }
    caf::anon_send(call->session, request_answered{number, std::move(line), parts, call->marks});
    return true;
}

void open_requests::hide_secrets(std::string& line, mcp::envelope& parts) const {
    if (!parts.error.present() || !profile_.holds_secret(parts.error.of(line))) {
        return;
    }
    const auto outcome = mcp::read_call_outcome(line, parts);
    line = mcp::make_error(parts.id.of(line), static_cast<int>(outcome.rpc_code),
                           profile_.hidden(outcome.rpc_message));
    parts = mcp::parse_server_line(line).value();
}

bool open_requests::progressed(std::uint64_t number, std::string& line, mcp::slice token) {
    const auto* call = calls_.find(number);
    if (call == nullptr) {
        return false;
    }
    calls_.prolong(number, clock_.monotonic());
    caf::anon_send(call->session, request_progressed{number, std::move(line), token});
    return true;
}

std::shared_ptr<const task_call> open_requests::task_of(std::uint64_t number) {
    const auto* call = calls_.find(number);
    return call == nullptr ? nullptr : call->task;
}

caf::actor open_requests::session_of(std::uint64_t number) {
    const auto* call = calls_.find(number);
    return call == nullptr ? caf::actor{} : call->session;
}

std::uint64_t open_requests::latest_kept() const noexcept {
    return !kept_.empty() ? kept_.back().number : !lists_.empty() ? lists_.back().list.number : 0;
}

void open_requests::withdraw(std::uint64_t number) {
    const auto* call = calls_.find(number);
    if (call != nullptr && !call->watch) {
        end_unheard(number);
    } else {
        leave_watch(number);
    }
}

void open_requests::end_unheard(std::uint64_t number) {
    const auto call = calls_.take(number);
    if (!call) {
        return;
    }
    if (call->sent) {
        cancel(number, "");
    } else {
        drop_kept(number);
    }
}

void open_requests::expire() {
    for (const auto& [number, call] : calls_.take_expired(clock_.monotonic())) {
        if (call.sent) {
            cancel(number, R"(,"reason":"timed out")");
        } else {
            drop_kept(number);
        }
        const bool prolonged = call.task == nullptr || call.task->part != task_part::result;
        const std::chrono::milliseconds given =
            call.deadline >= call.last ? timeouts_max * (call.timeout + open_questions::patience)
            : call.deadline < call.limit || !prolonged ? call.timeout
                                                       : timeouts_max * call.timeout;
        fail(number, call,
             {call_fault::timeout,
              fmt::format("{} did not answer within {} ms", profile_.who(), given.count())});
    }
    expire_lists();
}

void open_requests::expire_lists() {
    while (!lists_.empty() && lists_.front().deadline <= clock_.monotonic()) {
        answer(lists_.front().list,
               fmt::format("{} did not list its {}s within {} ms", profile_.who(),
                           mcp::shape_of(lists_.front().list.kind).noun, list_patience().count()));
        lists_.pop_front();
    }
}

void open_requests::fail_kept(const call_failure& failure) {
    for (const auto& waiting : take_kept()) {
        if (const auto call = calls_.take(waiting.number)) {
            fail(waiting.number, *call, failure);
        }
    }
    for (const auto& waiting : std::exchange(lists_, {})) {
        answer(waiting.list, failure.reason);
    }
}

void open_requests::fail_sent(const call_failure& failure) {
    for (const auto& [number, call] : calls_.take_sent()) {
        fail(number, call, failure);
    }
}

bool open_requests::fail_one(std::uint64_t number, const std::string& why) {
    const auto call = calls_.take(number);
    if (call) {
        fail(number, *call, {call_fault::lost, fmt::format("{}: {}", profile_.who(), why)});
    }
    return call.has_value();
}

void open_requests::fail_only_sent(const std::string& why) {
    // With more calls open, the others must not be failed for it, and the time-out ends the one.
    if (const auto number = calls_.only_sent()) {
        fail(*number, *calls_.take(*number),
             {call_fault::lost, fmt::format("{}: {}", profile_.who(), why)});
    }
}

void open_requests::drop_kept(std::uint64_t number) {
    const auto found = std::find_if(
        kept_.begin(), kept_.end(),
        [&](const forward_request& waiting) { return waiting.number == number; });
    if (found != kept_.end()) {
        kept_bytes_ -= found->body.size();
        kept_.erase(found);
    }
}

void open_requests::cancel(std::uint64_t number, std::string_view members) {
    // A child that does not read cannot be told, and its answer will be dropped all the same.
    (void)child_.write_line(mcp::make_cancellation(number, members));
}

void open_requests::fail(std::uint64_t number, const open_call& call, call_failure failure) const {
    failure.reason = profile_.hidden(std::move(failure.reason));
    if (call.watch) {
        for (const auto& waiter : call.watch->waiters) {
            caf::anon_send(waiter.session, request_failed{waiter.number, failure.fault,
                                                          failure.reason, call.marks});
        }
        return;
    }
    caf::anon_send(call.session,
                   request_failed{number, failure.fault, std::move(failure.reason), call.marks});
}

} // namespace orch::actors
