#include "actors/open_requests.hpp"

#include "core/json_writer.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace orch::actors {

namespace {

/// The client's message with our id, the server's own tool name and our progress token.
std::string to_server_line(const call_tool& call, std::string_view id, std::string_view name) {
    std::array<mcp::splice, 3> edits{{{call.id, id}, {call.name, name}, {call.progress_token, id}}};
    const auto used = edits.begin() + (call.progress_token.present() ? 3 : 2);
    std::sort(edits.begin(), used, [](const auto& left, const auto& right) {
        return left.where.offset < right.where.offset;
    });
    return used == edits.end() ? mcp::splice_line(call.body, {edits[0], edits[1], edits[2]})
                               : mcp::splice_line(call.body, {edits[0], edits[1]});
}

} // namespace

open_call open_requests::opened(const call_tool& call) const {
    return {call.session, {}, clock_.monotonic() + profile_.definition().call_timeout, false};
}

bool open_requests::send(call_tool& call) {
    if (calls_.size() >= options_.open_calls_max) {
        refuse_for_room(call);
        return false;
    }
    calls_.add(call.number, opened(call));
    write(call);
    return true;
}

bool open_requests::keep(call_tool& call) {
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

bool open_requests::keep(const list_tools& list) {
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

std::deque<call_tool> open_requests::take_kept() {
    kept_bytes_ = 0;
    return std::exchange(kept_, {});
}

void open_requests::refuse(const call_tool& call, call_failure failure) const {
    fail(call.number, opened(call), std::move(failure));
}

void open_requests::refuse_for_room(const call_tool& call) const {
    refuse(call, {call_fault::overloaded,
                  fmt::format("{} has too many open calls ({})", profile_.who(), calls_.size())});
}

void open_requests::answer(const list_tools& list, const std::string& fault) const {
    caf::anon_send(list.session,
                   tools_listed{list.number, profile_.definition().id, profile_.tools(), fault});
}

bool open_requests::may_use(const call_tool& call, const std::string& tool) const {
    const auto& only = call.only_tools;
    return profile_.offers(tool) &&
           (only.empty() || std::find(only.begin(), only.end(), tool) != only.end());
}

void open_requests::write(const call_tool& call) {
    const auto* tool = profile_.find_tool(call);
    if (profile_.tools() && tool == nullptr) {
        fail(call.number, *calls_.take(call.number),
             {call_fault::unknown_tool, "Unknown tool: " + call.tool});
        return;
    }
    const auto& meant = tool != nullptr ? tool->name : call.tool;
    if (!may_use(call, meant)) {
        fail(call.number, *calls_.take(call.number),
             {call_fault::unknown_tool, "Unknown tool: " + call.tool});
        return;
    }
    std::string name;
    append_json_string(name, meant);
    if (!child_.write_line(to_server_line(call, std::to_string(call.number), name))) {
        fail(call.number, *calls_.take(call.number),
             {call_fault::overloaded, profile_.who() + " does not read its input"});
        return;
    }
    auto* open = calls_.find(call.number);
    open->sent = true;
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

bool open_requests::answered(std::uint64_t number, std::string& line, const mcp::envelope& parts) {
    auto call = calls_.take(number);
    if (!call) {
        return false;
    }
    call->marks.answered = clock_.wall();
    caf::anon_send(call->session, tool_answered{number, std::move(line), parts, call->marks});
    return true;
}

void open_requests::progressed(std::uint64_t number, std::string& line, mcp::slice token) {
    if (const auto* call = calls_.find(number)) {
        caf::anon_send(call->session, tool_progressed{number, std::move(line), token});
    }
}

void open_requests::withdraw(std::uint64_t number) {
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
    const auto limit = profile_.definition().call_timeout.count();
    for (const auto& [number, call] : calls_.take_expired(clock_.monotonic())) {
        if (call.sent) {
            cancel(number, R"(,"reason":"timed out")");
        } else {
            drop_kept(number);
        }
        fail(number, call,
             {call_fault::timeout,
              fmt::format("{} did not answer within {} ms", profile_.who(), limit)});
    }
    expire_lists();
}

void open_requests::expire_lists() {
    while (!lists_.empty() && lists_.front().deadline <= clock_.monotonic()) {
        answer(lists_.front().list, fmt::format("{} did not list its tools within {} ms",
                                                profile_.who(), list_patience().count()));
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

void open_requests::fail_only_sent(const std::string& why) {
    // With more calls open, the others must not be failed for it, and the time-out ends the one.
    if (const auto number = calls_.only_sent()) {
        fail(*number, *calls_.take(*number),
             {call_fault::lost, fmt::format("{}: {}", profile_.who(), why)});
    }
}

void open_requests::drop_kept(std::uint64_t number) {
    const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const call_tool& waiting) {
        return waiting.number == number;
    });
    if (found != kept_.end()) {
        kept_bytes_ -= found->body.size();
        kept_.erase(found);
    }
}

void open_requests::cancel(std::uint64_t number, std::string_view members) {
    // A child that does not read cannot be told, and its answer will be dropped all the same.
    (void)child_.write_line(mcp::make_notification(
        "notifications/cancelled", fmt::format(R"({{"requestId":{}{}}})", number, members)));
}

void open_requests::fail(std::uint64_t number, const open_call& call, call_failure failure) {
    caf::anon_send(call.session,
                   tool_failed{number, failure.fault, std::move(failure.reason), call.marks});
}

} // namespace orch::actors
