#include "actors/server_actor.hpp"

#include "actors/call_draft.hpp"
#include "mcp/handshake.hpp"
#include "mcp/item_list.hpp"
#include "mcp/param_token.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

// What the child says: answers, requests and notifications of its own, noise.

namespace orch::actors {

namespace {

constexpr std::chrono::milliseconds pipe_patience{500};
/// No shorter than what a status check waits for its answer.
constexpr std::chrono::milliseconds least_errand_patience{30'000};

} // namespace

void server_actor::on_line(child_line& message) {
    if (draining_.is_life(message.generation)) {
        draining_.on_line(message);
        return;
    }
    if (!child_.is_life(message.generation)) {
        return;
    }
    child_.gate().leave(message.line.size());
    if (message.line.empty()) {
        return;
    }
    const auto parts = mcp::parse_server_line(message.line);
    if (!parts) {
        // Whatever it was meant to be, the real answer may still come: no call is failed for it.
        note_of_child(model::log_level::warning, model::log_category::output,
                      fmt::format("a line on stdout is no MCP message ({}): {}",
                                  parts.error().detail,
                                  profile_.hidden(message.line.substr(0, 2'000)).substr(0, 200)));
        return;
    }
    switch (parts->kind) {
    case mcp::message_kind::response: on_response(message.line, *parts); break;
    case mcp::message_kind::request:
        on_server_request(message.line, *parts, message.stream_of);
        break;
    case mcp::message_kind::notification:
        on_notification(message.line, *parts, message.stream_of);
        break;
    }
}

void server_actor::on_line_dropped(const child_line_dropped& message) {
    if (draining_.is_life(message.generation)) {
        draining_.on_line_dropped(message);
        return;
    }
    if (!child_.is_life(message.generation)) {
        return;
    }
    const auto what = fmt::format("a line of {} bytes on stdout is over the limit of {}",
                                  message.bytes, services_.child.line_bytes_max);
    note_of_child(model::log_level::error, model::log_category::output, what + " and was dropped");
    requests_.fail_only_sent(what);
}

void server_actor::on_request_lost(const child_request_lost& message) {
    if (!child_.is_life(message.generation)) {
        return;
    }
    note_of_child(model::log_level::error, model::log_category::output,
                  fmt::format("a request got no answer: {}", message.why));
    if (requests_.fail_one(message.number, message.why)) {
        return;
    }
    const auto over = errands_.take(message.number);
    if (over && over->kind == errand_kind::list_items) {
        listing_failed(*over, message.why);
    }
}

void server_actor::on_session_renewed(child_session_renewed& message) {
    if (!child_.is_life(message.generation)) {
        return;
    }
    profile_.note(model::log_level::warning, model::log_category::handshake,
                  "it had forgotten the session; another one was begun");
    const auto parts = mcp::parse_server_line(message.line);
    const auto hello = parts ? mcp::read_server_hello(message.line, *parts)
                             : result<mcp::server_hello>(parts.error());
    if (!hello) {
        return;
    }
    profile_.introduce(*hello);
    if (phase_ == phase::ready) {
        begin_anew();
    }
}

void server_actor::on_flooded(const child_flooded& message) {
    if (draining_.is_life(message.generation)) {
        draining_.on_flooded();
        return;
    }
    if (child_.is_life(message.generation) && phase_ != phase::stopping) {
        last_problem_ = "its output outran the orchestrator";
        profile_.note(model::log_level::error, model::log_category::output,
                      last_problem_ + ": killed");
        child_->kill();
    }
}

void server_actor::on_pipe_lost(const child_pipe_lost& message) {
    if (draining_.is_life(message.generation)) {
        draining_.stop();
    } else if (child_.is_life(message.generation) && phase_ != phase::stopping) {
        // A process that ends loses its pipes first, and how it ended says more.
        lost_pipe_ = lost_pipe{message.which, now() + pipe_patience};
    }
}

void server_actor::on_stderr(child_stderr& message) {
    const bool replaced = draining_.is_life(message.generation);
    if (!replaced && !child_.is_life(message.generation)) {
        return;
    }
    if (!replaced && phase_ == phase::starting) {
        last_problem_ = profile_.hidden(message.line).substr(0, 500);
    }
    profile_.note(model::log_level::info, model::log_category::output, std::move(message.line));
}

void server_actor::note_of_child(model::log_level level, model::log_category category,
                                 std::string message) {
    if (child_.gate().admit_note()) {
        profile_.note(level, category, std::move(message));
    }
}

void server_actor::note_skipped(std::size_t lines) {
    if (lines > 0) {
        profile_.note(model::log_level::warning, model::log_category::output,
                      fmt::format("{} more lines were left out", lines));
    }
}

void server_actor::on_response(std::string& line, mcp::envelope parts) {
    const auto number = mcp::own_number(parts.id.of(line));
    if (!number) {
        note_of_child(model::log_level::warning, model::log_category::output,
                      "an answer to an id that was never sent was dropped");
        return;
    }
    note_subscribed(*number, parts.error.present());
    if (const auto task = profile_.offered().tasks ? requests_.task_of(*number) : nullptr) {
        note_task_answer(*number, *task, line, parts);
    }
    if (requests_.answered(*number, line, parts)) {
        return;
    }
    const auto over = errands_.take(*number);
    if (!over) {
        // The late answer to a call that was cancelled or timed out.
        return;
    }
    switch (over->kind) {
    case errand_kind::initialize: handshake_done(line, parts); break;
    case errand_kind::list_items: page_arrived(*over, line, parts); break;
    case errand_kind::set_log_level:
    case errand_kind::ping: break;
    }
}

void server_actor::on_notification(std::string& line, const mcp::envelope& parts,
                                   std::uint64_t stream_of) {
    const auto method = parts.method.of(line);
    if (method == "notifications/progress") {
        const auto token = mcp::sole_param_token(line, parts, "progressToken");
        const auto number = mcp::own_number(token.of(line));
        if (number && !requests_.progressed(*number, line, token)) {
            pass_task_progress_on(*number, line, parts, token);
        }
        return;
    }
    if (method == "notifications/tasks/status") {
        pass_task_status_on(line, parts);
        return;
    }
    if (method == "notifications/message") {
        pass_log_on(line, parts, stream_of);
        return;
    }
    if (method == "notifications/cancelled") {
        on_server_cancelled(line, parts);
        return;
    }
    if (method == "notifications/resources/updated") {
        pass_update_on(line, parts);
        return;
    }
    if (role_.session && method == "notifications/elicitation/complete") {
        caf::anon_send(role_.session,
                       server_notified{profile_.definition().id, 0, std::move(line), parts});
        return;
    }
    for (const auto kind : model::all_list_kinds) {
        if (mcp::shape_of(kind).changed == method &&
            (phase_ == phase::ready || listing_of(kind).under_way())) {
            request_page(kind, listing_of(kind).hear_of_change(now()));
        }
    }
}

void server_actor::send_errand(const errand& what, std::string_view method,
                               std::string_view params) {
    const auto number = home().next_number();
    if (const auto replaced = errands_.add(number, what, now() + errand_patience())) {
        cancel_errand(*replaced, what);
    }
    (void)child_.write_line(mcp::make_request(std::to_string(number), method, params));
}

std::chrono::milliseconds server_actor::errand_patience() const {
    return std::max(services_.options.handshake_timeout, least_errand_patience);
}

void server_actor::expire_errands() {
    expire_own_watches();
    for (const auto& open : errands_.take_expired(now())) {
        cancel_errand(open.number, open.what);
        if (open.what.kind == errand_kind::list_items) {
            listing_failed(open.what, "no answer in time");
        }
    }
}

void server_actor::cancel_errand(std::uint64_t number, const errand& what) {
    // The protocol bars the cancellation of `initialize`, which has a time-out of its own.
    if (what.kind != errand_kind::initialize) {
        cancel(number);
    }
}

void server_actor::cancel(std::uint64_t number) {
    (void)child_.write_line(mcp::make_cancellation(number));
}

} // namespace orch::actors
