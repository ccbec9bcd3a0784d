#include "actors/server_actor.hpp"

#include "core/json_writer.hpp"
#include "mcp/tool_name.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <array>

namespace orch::actors {

namespace {

constexpr std::chrono::seconds refresh_timeout{30};
/// How often the time of the last use is stored while calls go on.
constexpr std::chrono::seconds last_use_interval{10};

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

bool same_launch(const model::server_definition& left, const model::server_definition& right) {
    return left.kind == right.kind && left.command == right.command && left.args == right.args &&
           left.env == right.env && left.cwd == right.cwd && left.url == right.url &&
           left.headers == right.headers;
}

} // namespace

server_actor::server_actor(caf::actor_config& config, bridge::io_unit& home,
                           const server_services& services, known_server known)
    : pinned_actor(config, home), services_(services), clock_(home.clock()),
      entry_(std::move(known.entry)) {
    bridge::install_default_handlers(*this, "server");
    view_.status = std::move(known.status);
    view_.status.id = entry_.definition.id;
    view_.tools = std::move(known.tools);
    last_use_ = now();
}

caf::behavior server_actor::make_behavior() {
    publish(entry_.definition.enabled ? view_.status.state : model::server_state::disabled,
            view_.status.last_error);
    return caf::behavior{
        [this](call_tool& call) { on_call(call); },
        [this](const cancel_call& cancel) { on_cancel(cancel); },
        [this](const list_tools& request) { on_list(request); },
        [this](child_line& message) { on_line(message); },
        [this](const child_line_dropped& message) { on_line_dropped(message); },
        [this](const child_flooded& message) { on_flooded(message); },
        [this](child_stderr& message) { on_stderr(message); },
        [this](const server_exited& message) { on_exited(message); },
        [this](tick) { on_tick(); },
        [this](change_server& change) { on_change(change); },
        [this](refresh_status) { return on_refresh(); },
        [this](stop_server) { return on_stop(); },
    };
}

void server_actor::on_exit() {
    child_.reset();
    const std::string reason = who() + " is being stopped";
    fail_queue(call_fault::lost, reason);
    for (auto& [number, call] : calls_.take_sent()) {
        fail(number, call, call_fault::lost, reason);
    }
}

void server_actor::on_call(call_tool& call) {
    const open_call opened{call.session, {}, now() + entry_.definition.call_timeout, false};
    if (!entry_.definition.enabled) {
        fail(call.number, opened, call_fault::disabled, who() + " is disabled");
        return;
    }
    const bool queue_full = phase_ != phase::ready &&
                            queue_.size() >= services_.options.queued_calls_max;
    if (queue_full || calls_.size() >= services_.options.open_calls_max) {
        fail(call.number, opened, call_fault::overloaded,
             fmt::format("{} has too many open calls ({})", who(), calls_.size()));
        return;
    }
    calls_.add(call.number, opened);
    last_use_ = now();
    last_use_unsaved_ = true;
    if (phase_ == phase::ready) {
        forward(call);
        return;
    }
    calls_.find(call.number)->marks.queued = clock_.wall();
    queue_.push_back(std::move(call));
    ensure_started();
}

void server_actor::on_cancel(const cancel_call& cancel) {
    const auto call = calls_.take(cancel.number);
    if (!call) {
        return;
    }
    if (call->sent) {
        (void)write(mcp::make_notification("notifications/cancelled",
                                           fmt::format(R"({{"requestId":{}}})", cancel.number)));
        return;
    }
    std::erase_if(queue_,
                  [&](const call_tool& waiting) { return waiting.number == cancel.number; });
}

void server_actor::on_list(const list_tools& request) {
    if (view_.tools || !entry_.definition.enabled) {
        caf::anon_send(request.session,
                       tools_listed{request.number, entry_.definition.id, view_.tools,
                                    view_.tools ? "" : who() + " is disabled"});
        return;
    }
    list_waiters_.push_back(request);
    ensure_started();
}

void server_actor::on_change(change_server& change) {
    const bool restart = !same_launch(entry_.definition, change.entry.definition);
    entry_ = std::move(change.entry);
    restarts_.reset();
    if (!entry_.definition.enabled || restart) {
        begin_stop();
    }
    if (phase_ == phase::pausing || phase_ == phase::failed) {
        phase_ = phase::idle;
    }
    if (!entry_.definition.enabled) {
        fail_queue(call_fault::disabled, who() + " is disabled");
        publish(model::server_state::disabled, "");
    } else if (restart) {
        publish(model::server_state::stopped, "");
    }
}

caf::response_promise server_actor::on_refresh() {
    auto promise = make_response_promise();
    if (!entry_.definition.enabled) {
        promise.deliver(report());
        return promise;
    }
    refresh_waiters_.push_back(promise);
    refresh_deadline_ = now() + refresh_timeout;
    restarts_.reset();
    if (phase_ == phase::ready) {
        send_errand(errand::ping, "ping", "");
        listing_.clear();
        request_tools("");
    } else {
        if (phase_ == phase::failed || phase_ == phase::pausing) {
            phase_ = phase::idle;
        }
        ensure_started();
    }
    return promise;
}

caf::response_promise server_actor::on_stop() {
    auto promise = make_response_promise();
    fail_queue(call_fault::lost, who() + " is being stopped");
    if (!child_) {
        promise.deliver(stopped{});
        return promise;
    }
    stop_waiters_.push_back(promise);
    begin_stop();
    return promise;
}

void server_actor::on_tick() {
    const auto time = now();
    check_deadlines(time);
    check_phase_timer(time);
    if (!refresh_waiters_.empty() && time >= refresh_deadline_) {
        view_.status.last_error = who() + " did not answer the status check in time";
        answer_waiters();
    }
    const auto idle_stop = services_.options.server_idle_stop;
    if (phase_ == phase::ready && idle_stop.count() > 0 && calls_.empty() &&
        time - last_use_ >= idle_stop) {
        note(model::log_level::info, model::log_category::shutdown, "stopping: idle");
        begin_stop();
    }
    if (last_use_unsaved_ &&
        (!view_.status.last_used || clock_.wall() - *view_.status.last_used >= last_use_interval)) {
        last_use_unsaved_ = false;
        view_.status.last_used = clock_.wall();
        publish(view_.status.state, view_.status.last_error);
    }
    if (const auto skipped = gate_ ? gate_->take_skipped() : 0) {
        note(model::log_level::warning, model::log_category::output,
             fmt::format("{} more lines of output were left out", skipped));
    }
}

void server_actor::check_deadlines(monotonic_time time) {
    for (auto& [number, call] : calls_.take_expired(time)) {
        if (call.sent) {
            (void)write(mcp::make_notification(
                "notifications/cancelled",
                fmt::format(R"({{"requestId":{},"reason":"timed out"}})", number)));
        } else {
            std::erase_if(queue_, [&, id = number](const call_tool& waiting) {
                return waiting.number == id;
            });
        }
        fail(number, call, call_fault::timeout,
             fmt::format("{} did not answer within {} ms", who(),
                         entry_.definition.call_timeout.count()));
    }
}

void server_actor::check_phase_timer(monotonic_time time) {
    if (phase_ == phase::idle || phase_ == phase::ready || phase_ == phase::failed ||
        time < resume_at_) {
        return;
    }
    switch (phase_) {
    case phase::starting:
        note(model::log_level::error, model::log_category::handshake,
             fmt::format("no answer to the handshake within {} ms",
                         services_.options.handshake_timeout.count()));
        last_stderr_ = "no answer to the handshake";
        child_->kill();
        resume_at_ = time + services_.options.handshake_timeout;
        break;
    case phase::stopping:
        if (term_sent_) {
            child_->kill();
        } else {
            child_->terminate();
            term_sent_ = true;
        }
        resume_at_ = time + 2 * services_.options.server_stop_grace;
        break;
    case phase::pausing: start(); break;
    default: break;
    }
}

void server_actor::forward(call_tool& call) {
    auto* open = calls_.find(call.number);
    const auto* tool = resolve_tool(call);
    if (view_.tools && tool == nullptr) {
        const auto taken = calls_.take(call.number);
        fail(call.number, *taken, call_fault::unknown_tool, "Unknown tool: " + call.tool);
        return;
    }
    const std::string id = std::to_string(call.number);
    std::string name;
    append_json_string(name, tool != nullptr ? tool->name : call.tool);
    if (!write(to_server_line(call, id, name))) {
        const auto taken = calls_.take(call.number);
        fail(call.number, *taken, call_fault::overloaded, who() + " does not read its input");
        return;
    }
    open->sent = true;
    open->marks.sent = clock_.wall();
}

const model::tool* server_actor::resolve_tool(const call_tool& call) const {
    if (!view_.tools) {
        return nullptr;
    }
    if (const auto* exact = view_.tools->find(call.tool)) {
        return exact;
    }
    if (call.unified_name.empty()) {
        return nullptr;
    }
    // The unified endpoint shows some names in a shortened form.
    for (const auto& tool : view_.tools->tools) {
        if (mcp::public_tool_name(entry_.definition.name, tool.name) == call.unified_name) {
            return &tool;
        }
    }
    return nullptr;
}

void server_actor::forward_queue() {
    while (!queue_.empty() && phase_ == phase::ready) {
        call_tool call = std::move(queue_.front());
        queue_.pop_front();
        forward(call);
    }
}

void server_actor::fail_queue(call_fault fault, const std::string& reason) {
    while (!queue_.empty()) {
        const auto number = queue_.front().number;
        queue_.pop_front();
        if (const auto call = calls_.take(number)) {
            fail(number, *call, fault, reason);
        }
    }
    for (const auto& waiter : list_waiters_) {
        caf::anon_send(waiter.session,
                       tools_listed{waiter.number, entry_.definition.id, view_.tools, reason});
    }
    list_waiters_.clear();
}

void server_actor::fail(std::uint64_t number, const open_call& call, call_fault fault,
                        std::string reason) {
    caf::anon_send(call.session, tool_failed{number, fault, std::move(reason), call.marks});
}

void server_actor::publish(model::server_state state, std::string problem) {
    view_.status.state = state;
    view_.status.last_error = std::move(problem);
    view_.pid = child_ ? child_->pid() : 0;
    view_.status.tools_count = view_.tools ? static_cast<int>(view_.tools->tools.size()) : 0;
    services_.board.put(entry_.definition.id, view_);
    caf::anon_send(services_.server_log_writer, status_changed{view_.status});
}

void server_actor::note(model::log_level level, model::log_category category, std::string message) {
    caf::anon_send(services_.server_log_writer,
                   server_logged{{services_.sequence.next(clock_.wall()), entry_.definition.project,
                                  entry_.definition.id, level, category, std::move(message)}});
}

void server_actor::answer_waiters() {
    for (auto& promise : refresh_waiters_) {
        promise.deliver(report());
    }
    refresh_waiters_.clear();
}

status_report server_actor::report() const { return {view_.status, view_.tools}; }

std::string server_actor::who() const { return "server '" + entry_.definition.name + "'"; }

} // namespace orch::actors
