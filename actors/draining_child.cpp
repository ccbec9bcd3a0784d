#include "actors/draining_child.hpp"

#include "actors/open_questions.hpp"
#include "mcp/json_rpc.hpp"
#include "mcp/param_token.hpp"

#include <fmt/format.h>

#include <string>

namespace orch::actors {

draining_child::draining_child(bridge::pinned_actor& owner, server_profile& profile,
                               const clock_source& clock, const actor_options& options)
    : profile_(profile), clock_(clock), child_(owner, {}),
      requests_(profile, child_, clock, options), ladder_(options.server_stop_grace) {}

void draining_child::begin(actor_child& child, open_requests& requests) {
    child_.take_over(child);
    requests.hand_over_sent(requests_);
    next_step_.reset();
    stop_when_done();
}

void draining_child::stop() {
    if (child_ && !next_step_) {
        next_step_ = ladder_.begin(*child_.operator->(), clock_.monotonic());
    }
}

void draining_child::stop_when_done() {
    if (requests_.no_calls()) {
        stop();
    }
}

void draining_child::tick() {
    if (!child_) {
        return;
    }
    requests_.expire();
    if (next_step_ && clock_.monotonic() >= *next_step_) {
        next_step_ = ladder_.climb(*child_.operator->(), clock_.monotonic());
    }
    stop_when_done();
}

void draining_child::reset(const call_failure& failure) {
    child_.reset();
    requests_.fail_sent(failure);
}

void draining_child::on_line(child_line& message) {
    child_.gate().leave(message.line.size());
    const auto parts = mcp::parse_server_line(message.line);
    if (!parts) {
        return;
    }
    switch (parts->kind) {
    case mcp::message_kind::response:
        if (const auto number = mcp::own_number(parts->id.of(message.line))) {
            (void)requests_.answered(*number, message.line, *parts);
        }
        stop_when_done();
        break;
    case mcp::message_kind::request:
        (void)child_.write_line(unasked_answer(message.line, *parts));
        break;
    case mcp::message_kind::notification: on_notification(message.line, *parts); break;
    }
}

void draining_child::on_notification(std::string& line, const mcp::envelope& parts) {
    if (parts.method.of(line) != "notifications/progress") {
        return;
    }
    const auto token = mcp::sole_param_token(line, parts, "progressToken");
    if (const auto number = mcp::own_number(token.of(line))) {
        (void)requests_.progressed(*number, line, token);
    }
}

void draining_child::on_line_dropped(const child_line_dropped& message) {
    requests_.fail_only_sent(
        fmt::format("a line of {} bytes on stdout is over the limit", message.bytes));
    stop_when_done();
}

void draining_child::on_flooded() { child_->kill(); }

void draining_child::on_exited(const server_exited& message) {
    const auto how = message.status.to_string();
    child_.reset();
    profile_.note(model::log_level::info, model::log_category::shutdown,
                  fmt::format("stopped the replaced process: {}", how));
    requests_.fail_sent({call_fault::lost,
                         fmt::format("{} ended with {} before it answered", profile_.who(), how)});
}

} // namespace orch::actors
