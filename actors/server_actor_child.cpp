#include "actors/server_actor.hpp"
#include "mcp/handshake.hpp"
#include "mcp/param_token.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <charconv>
#include <random>
#include <unordered_set>

// The half of the server actor that deals with its child: start, handshake, lines, end.

namespace orch::actors {

namespace {

model::name_value_list child_environment(const model::name_value_list& base,
                                         const model::name_value_list& own) {
    model::name_value_list merged;
    for (const auto& variable : base) {
        const bool replaced = std::any_of(
            own.begin(), own.end(), [&](const auto& mine) { return mine.first == variable.first; });
        if (!replaced) {
            merged.push_back(variable);
        }
    }
    merged.insert(merged.end(), own.begin(), own.end());
    return merged;
}

double jitter() {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0.0, 1.0)(generator);
}

std::optional<std::uint64_t> number_of(std::string_view token) {
    std::uint64_t number = 0;
    const auto* end = token.data() + token.size();
    const auto [stop, failure] = std::from_chars(token.data(), end, number);
    return failure == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

} // namespace

void server_actor::ensure_started() {
    switch (phase_) {
    case phase::idle: start(); break;
    case phase::failed:
        if (now() < resume_at_) {
            fail_queue(call_fault::not_started,
                       fmt::format("{} is not started: {}", who(), view_.status.last_error));
            answer_waiters();
        } else {
            start();
        }
        break;
    case phase::starting:
    case phase::ready:
    case phase::stopping:
    case phase::pausing: break;
    }
}

void server_actor::start() {
    if (entry_.definition.kind != model::transport::stdio) {
        start_failed(fmt::format("the transport {} is not served yet, only stdio",
                                 model::to_string(entry_.definition.kind)));
        return;
    }
    const auto generation = ++generation_;
    const caf::actor self = caf::actor_cast<caf::actor>(this);
    gate_ = std::make_shared<output_gate>(
        clock_, output_gate::limits{.notes_per_second = services_.options.stderr_lines_per_second});
    net::child_process::callbacks callbacks;
    callbacks.on_line = [self, generation, gate = gate_](std::string&& line) {
        if (gate->enter(line.size())) {
            caf::anon_send(self, child_line{generation, std::move(line)});
        } else if (gate->trip()) {
            caf::anon_send(self, child_flooded{generation});
        }
    };
    callbacks.on_oversized_line = [self, generation](std::size_t bytes) {
        caf::anon_send(self, child_line_dropped{generation, bytes});
    };
    callbacks.on_stderr_line = [self, generation, gate = gate_](std::string&& line) {
        if (gate->admit_note()) {
            caf::anon_send(self, child_stderr{generation, std::move(line)});
        }
    };
    callbacks.on_exit = [self, generation](net::exit_status status) {
        caf::anon_send(self, server_exited{generation, status});
    };
    net::launch_spec spec;
    spec.program = entry_.definition.command;
    spec.arguments = entry_.definition.args;
    spec.environment = child_environment(services_.base_environment, entry_.definition.env);
    spec.directory = entry_.definition.cwd;
    spec.launcher = services_.launcher;
    spec.grace = services_.options.server_stop_grace;
    auto spawned = net::child_process::spawn(home().context(), spec, services_.child,
                                             std::move(callbacks));
    if (!spawned) {
        start_failed(spawned.error().detail);
        return;
    }
    child_ = std::move(*spawned);
    ++view_.starts;
    begin_handshake();
}

void server_actor::begin_handshake() {
    phase_ = phase::starting;
    resume_at_ = now() + services_.options.handshake_timeout;
    last_stderr_.clear();
    errands_.clear();
    listing_.clear();
    publish(model::server_state::starting, "");
    note(model::log_level::info, model::log_category::startup,
         fmt::format("started, pid {}", child_->pid()));
    send_errand(errand::initialize, "initialize", mcp::initialize_params(services_.version));
}

void server_actor::handshake_done(std::string& line, const mcp::envelope& parts) {
    const auto hello = mcp::read_server_hello(line, parts);
    if (!hello) {
        last_stderr_ = "handshake failed: " + hello.error().detail;
        note(model::log_level::error, model::log_category::handshake, last_stderr_);
        child_->kill();
        return;
    }
    note(model::log_level::info, model::log_category::handshake,
         fmt::format("{} {} speaks {}", hello->server_name, hello->server_version,
                     mcp::to_string(hello->version)));
    (void)write(mcp::make_notification("notifications/initialized", ""));
    if (hello->tools) {
        request_tools("");
    } else {
        adopt_tools({});
    }
}

void server_actor::become_ready() {
    phase_ = phase::ready;
    view_.status.last_connected = clock_.wall();
    view_.status.last_checked = clock_.wall();
    publish(model::server_state::online, "");
    for (const auto& waiter : list_waiters_) {
        caf::anon_send(waiter.session,
                       tools_listed{waiter.number, entry_.definition.id, view_.tools, ""});
    }
    list_waiters_.clear();
    answer_waiters();
    forward_queue();
}

void server_actor::begin_stop() {
    if (!child_ || phase_ == phase::stopping) {
        return;
    }
    phase_ = phase::stopping;
    term_sent_ = false;
    resume_at_ = now() + services_.options.server_stop_grace;
    child_->close_stdin();
}

void server_actor::on_exited(const server_exited& message) {
    if (message.generation != generation_ || !child_) {
        return;
    }
    const std::string how = message.status.to_string();
    const bool asked_for = phase_ == phase::stopping;
    const bool was_ready = phase_ == phase::ready;
    child_.reset();
    errands_.clear();
    for (auto& [number, call] : calls_.take_sent()) {
        fail(number, call, call_fault::lost,
             fmt::format("{} ended with {} before it answered", who(), how));
    }
    if (asked_for) {
        note(model::log_level::info, model::log_category::shutdown, "stopped: " + how);
        after_exit(how);
    } else if (was_ready) {
        crashed(how);
    } else {
        start_failed(fmt::format("ended with {} during the handshake{}{}", how,
                                 last_stderr_.empty() ? "" : ": ", last_stderr_));
    }
}

void server_actor::after_exit(const std::string& how) {
    phase_ = phase::idle;
    publish(entry_.definition.enabled ? model::server_state::stopped
                                      : model::server_state::disabled,
            "");
    for (auto& promise : stop_waiters_) {
        promise.deliver(stopped{});
    }
    const bool wanted = !queue_.empty() || !list_waiters_.empty() || !refresh_waiters_.empty();
    if (!stop_waiters_.empty()) {
        stop_waiters_.clear();
        fail_queue(call_fault::lost, fmt::format("{} was stopped ({})", who(), how));
    } else if (wanted && entry_.definition.enabled) {
        start();
    }
}

void server_actor::crashed(const std::string& how) {
    const auto decision = restarts_.crashed(now(), jitter());
    const std::string problem = "ended with " + how;
    note(model::log_level::error, model::log_category::crash, problem);
    ++view_.restarts;
    resume_at_ = decision.at;
    if (decision.kind == restart_policy::verdict::give_up) {
        phase_ = phase::failed;
        publish(model::server_state::error, problem + ", too often to be restarted");
        fail_queue(call_fault::not_started, fmt::format("{} {}", who(), view_.status.last_error));
        answer_waiters();
        return;
    }
    phase_ = phase::pausing;
    publish(model::server_state::starting, problem);
    if (resume_at_ <= now()) {
        start();
    }
}

void server_actor::start_failed(const std::string& why) {
    child_.reset();
    phase_ = phase::failed;
    // The next call may try again, but a loop of failing starts is slowed down.
    const auto decision = restarts_.crashed(now(), 0.0);
    resume_at_ = decision.at;
    view_.status.last_checked = clock_.wall();
    note(model::log_level::error, model::log_category::startup, why);
    publish(model::server_state::error, why);
    fail_queue(call_fault::not_started, fmt::format("{} could not be started: {}", who(), why));
    for (auto& promise : stop_waiters_) {
        promise.deliver(stopped{});
    }
    stop_waiters_.clear();
    answer_waiters();
}

void server_actor::on_line(child_line& message) {
    if (message.generation != generation_) {
        return;
    }
    gate_->leave(message.line.size());
    if (!child_ || message.line.empty()) {
        return;
    }
    const auto parts = mcp::parse_server_line(message.line);
    if (!parts) {
        if (gate_->admit_note()) {
            note(model::log_level::warning, model::log_category::output,
                 fmt::format("a line on stdout is no MCP message ({}): {}", parts.error().detail,
                             message.line.substr(0, 200)));
        }
        // Whatever it was meant to be, the real answer may still come: no call is failed for it.
        return;
    }
    switch (parts->kind) {
    case mcp::message_kind::response: on_response(message.line, *parts); break;
    case mcp::message_kind::request: on_server_request(message.line, *parts); break;
    case mcp::message_kind::notification: on_notification(message.line, *parts); break;
    }
}

void server_actor::on_line_dropped(const child_line_dropped& message) {
    if (message.generation != generation_) {
        return;
    }
    const auto what = fmt::format("a line of {} bytes on stdout is over the limit of {}",
                                  message.bytes, services_.child.line_bytes_max);
    note(model::log_level::error, model::log_category::output, what + " and was dropped");
    fail_only_call(what);
}

void server_actor::fail_only_call(const std::string& why) {
    // With more calls open, the others must not be failed for it, and the time-out ends the one.
    if (const auto number = calls_.only_sent()) {
        const auto call = calls_.take(*number);
        fail(*number, *call, call_fault::lost, fmt::format("{}: {}", who(), why));
    }
}

void server_actor::on_flooded(const child_flooded& message) {
    if (message.generation == generation_ && child_ && phase_ != phase::stopping) {
        last_stderr_ = "its output outran the orchestrator";
        note(model::log_level::error, model::log_category::output, last_stderr_ + ": killed");
        child_->kill();
    }
}

void server_actor::on_stderr(child_stderr& message) {
    if (message.generation != generation_) {
        return;
    }
    if (phase_ == phase::starting) {
        last_stderr_ = message.line.substr(0, 500);
    }
    note(model::log_level::info, model::log_category::output, std::move(message.line));
}

void server_actor::on_response(std::string& line, const mcp::envelope& parts) {
    const auto number = number_of(parts.id.of(line));
    if (!number) {
        note(model::log_level::warning, model::log_category::output,
             "an answer to an id that was never sent was dropped");
        return;
    }
    if (auto call = calls_.take(*number)) {
        call->marks.answered = clock_.wall();
        caf::anon_send(call->session, tool_answered{*number, std::move(line), parts, call->marks});
        return;
    }
    const auto found = errands_.find(*number);
    if (found != errands_.end()) {
        const auto kind = found->second;
        errands_.erase(found);
        on_errand_done(kind, line, parts);
    }
    // Else it is the late answer to a call that was cancelled or timed out.
}

void server_actor::on_errand_done(errand kind, std::string& line, const mcp::envelope& parts) {
    switch (kind) {
    case errand::initialize: handshake_done(line, parts); break;
    case errand::list_tools: collect_tools(line, parts); break;
    case errand::ping: break;
    }
}

void server_actor::on_server_request(const std::string& line, const mcp::envelope& parts) {
    const auto id = parts.id.of(line);
    if (parts.method.of(line) == "ping") {
        (void)write(mcp::make_result(id, "{}"));
        return;
    }
    (void)write(mcp::make_error(id, mcp::code::method_not_found,
                                "Method not found: the client offered no such capability"));
}

void server_actor::on_notification(std::string& line, const mcp::envelope& parts) {
    const auto method = parts.method.of(line);
    if (method == "notifications/progress") {
        on_progress(line, parts);
    } else if (method == "notifications/tools/list_changed" && phase_ == phase::ready) {
        listing_.clear();
        request_tools("");
    }
}

void server_actor::on_progress(std::string& line, const mcp::envelope& parts) {
    const auto token = mcp::param_token(line, parts, "progressToken");
    const auto number = number_of(token.of(line));
    auto* call = number ? calls_.find(*number) : nullptr;
    if (call != nullptr) {
        caf::anon_send(call->session, tool_progressed{*number, std::move(line), token});
    }
}

void server_actor::request_tools(std::string_view raw_cursor) {
    send_errand(errand::list_tools, "tools/list",
                raw_cursor.empty() ? "" : fmt::format(R"({{"cursor":{}}})", raw_cursor));
}

void server_actor::collect_tools(std::string& line, const mcp::envelope& parts) {
    auto reading = mcp::read_tool_page(line, parts);
    if (!reading) {
        last_stderr_ = "tools/list failed: " + reading.error().detail;
        note(model::log_level::error, model::log_category::handshake, last_stderr_);
        if (phase_ == phase::starting) {
            child_->kill();
        }
        answer_waiters();
        return;
    }
    auto& page = reading->page;
    std::move(page.tools.begin(), page.tools.end(), std::back_inserter(listing_));
    const auto most = services_.options.tools_per_server_max;
    if (listing_.size() > most) {
        note(model::log_level::warning, model::log_category::handshake,
             fmt::format("it lists more than {} tools, the rest is left out", most));
        listing_.resize(most);
    }
    if (!page.next_cursor.empty() && listing_.size() < most) {
        request_tools(page.next_cursor);
        return;
    }
    adopt_tools(std::move(listing_));
    listing_.clear();
}

void server_actor::adopt_tools(std::vector<model::tool> tools) {
    // The first of two tools with one name is the one that a call reaches.
    std::unordered_set<std::string_view> names;
    std::erase_if(tools, [&](const model::tool& tool) { return !names.insert(tool.name).second; });
    const bool known = view_.tools != nullptr;
    const bool changed = !known || !std::equal(tools.begin(), tools.end(),
                                               view_.tools->tools.begin(), view_.tools->tools.end(),
                                               [](const auto& left, const auto& right) {
                                                   return left.definition == right.definition;
                                               });
    if (changed) {
        view_.tools = std::make_shared<const tool_set>(tool_set{std::move(tools)});
        caf::anon_send(services_.server_log_writer,
                       tools_discovered{entry_.definition.id, view_.tools});
    }
    if (phase_ == phase::starting) {
        become_ready();
    } else {
        view_.status.last_checked = clock_.wall();
        publish(view_.status.state, "");
        answer_waiters();
    }
    if (changed && known) {
        for (const auto& session :
             services_.sessions.audience(entry_.definition.project, entry_.definition.id)) {
            caf::anon_send(session, tools_changed{entry_.definition.id});
        }
    }
}

void server_actor::send_errand(errand kind, std::string_view method, std::string_view params) {
    const auto number = home().next_number();
    errands_.emplace(number, kind);
    (void)write(mcp::make_request(std::to_string(number), method, params));
}

bool server_actor::write(std::string line) { return child_ && child_->write_line(std::move(line)); }

} // namespace orch::actors
