#include "actors/server_actor.hpp"

#include "actors/call_draft.hpp"
#include "actors/server_launch.hpp"
#include "mcp/handshake.hpp"

#include <fmt/format.h>

#include <utility>

// The life of the child: start, handshake, stop, crash.

namespace orch::actors {

void server_actor::ensure_started() {
    if (phase_ == phase::failed && now() < resume_at_) {
        requests_.fail_kept(
            {call_fault::not_started,
             fmt::format("{} is not started: {}", profile_.who(), profile_.status().last_error)});
        refreshes_.answer_all(profile_.report());
    } else if (phase_ == phase::idle || phase_ == phase::failed) {
        start();
    }
}

void server_actor::start() {
    const auto spec = launch_of(profile_.definition(), services_);
    const auto started = spec ? child_.start(*spec, services_.child) : result<void>(spec.error());
    if (!started) {
        start_failed(started.error().detail);
        return;
    }
    profile_.count_start();
    begin_handshake();
}

void server_actor::begin_handshake() {
    phase_ = phase::starting;
    resume_at_ = now() + services_.options.handshake_timeout;
    last_problem_.clear();
    publish(model::server_state::starting, "");
    profile_.note(model::log_level::info, model::log_category::startup,
                  fmt::format("started, pid {}", child_.pid()));
    send_errand({errand_kind::initialize}, "initialize", mcp::initialize_params(services_.version));
}

void server_actor::handshake_done(std::string& line, const mcp::envelope& parts) {
    const auto hello = mcp::read_server_hello(line, parts);
    if (!hello) {
        last_problem_ = bounded_message("handshake failed: " + hello.error().detail);
        profile_.note(model::log_level::error, model::log_category::handshake, last_problem_);
        child_->kill();
        return;
    }
    profile_.introduce(*hello);
    profile_.note(model::log_level::info, model::log_category::handshake,
                  fmt::format("{} {} speaks {}", hello->server_name, hello->server_version,
                              mcp::to_string(hello->version)));
    (void)child_.write_line(mcp::make_notification("notifications/initialized", ""));
    if (hello->tools) {
        request_page(listing_.wish(now()));
    } else {
        listed(listing_.newest(), {});
    }
}

void server_actor::become_ready() {
    phase_ = phase::ready;
    profile_.mark_connected();
    publish(model::server_state::online, "");
    refreshes_.answer_all(profile_.report());
    requests_.send_kept();
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
    if (!child_.is_life(message.generation)) {
        return;
    }
    const std::string how = message.status.to_string();
    child_.reset();
    errands_.clear();
    listing_.reset();
    requests_.fail_sent({call_fault::lost,
                         fmt::format("{} ended with {} before it answered", profile_.who(), how)});
    if (phase_ == phase::stopping) {
        after_stop(how);
    } else if (phase_ == phase::ready) {
        crashed(how);
    } else {
        start_failed(fmt::format("ended with {} during the handshake{}{}", how,
                                 last_problem_.empty() ? "" : ": ", last_problem_));
    }
    confirm_stop();
}

void server_actor::after_stop(const std::string& how) {
    phase_ = phase::idle;
    profile_.note(model::log_level::info, model::log_category::shutdown, "stopped: " + how);
    const bool enabled = profile_.definition().enabled;
    publish(enabled ? model::server_state::stopped : model::server_state::disabled, "");
    if (enabled && (requests_.keeps_any() || !refreshes_.empty())) {
        start();
    }
}

void server_actor::confirm_stop() {
    if (!child_) {
        stop_waiters_.deliver(stopped{});
    }
}

void server_actor::crashed(const std::string& how) {
    const auto decision = restarts_.crashed(now(), random_jitter());
    const std::string problem = "ended with " + how;
    profile_.note(model::log_level::error, model::log_category::crash, problem);
    profile_.count_restart();
    resume_at_ = decision.at;
    if (decision.kind == restart_policy::verdict::give_up) {
        phase_ = phase::failed;
        publish(model::server_state::error, problem + ", too often to be restarted");
        requests_.fail_kept({call_fault::not_started,
                             fmt::format("{} {}", profile_.who(), profile_.status().last_error)});
        refreshes_.answer_all(profile_.report());
        return;
    }
    phase_ = phase::pausing;
    publish(model::server_state::starting, problem);
    if (resume_at_ <= now()) {
        start();
    }
}

void server_actor::start_failed(const std::string& why) {
    phase_ = phase::failed;
    // The next call may try again, but a loop of failing starts is slowed down.
    resume_at_ = restarts_.crashed(now(), 0.0).at;
    profile_.mark_checked();
    profile_.note(model::log_level::error, model::log_category::startup, why);
    publish(model::server_state::error, why);
    requests_.fail_kept(
        {call_fault::not_started, fmt::format("{} could not be started: {}", profile_.who(), why)});
    refreshes_.answer_all(profile_.report());
}

void server_actor::check_phase() {
    if (now() < resume_at_) {
        return;
    }
    switch (phase_) {
    case phase::starting: handshake_overdue(); break;
    case phase::stopping: stop_overdue(); break;
    case phase::pausing: start(); break;
    case phase::idle:
    case phase::ready:
    case phase::failed: break;
    }
}

void server_actor::handshake_overdue() {
    const auto limit = services_.options.handshake_timeout;
    last_problem_ = "no answer to the handshake";
    profile_.note(model::log_level::error, model::log_category::handshake,
                  fmt::format("{} within {} ms", last_problem_, limit.count()));
    child_->kill();
    resume_at_ = now() + limit;
}

void server_actor::stop_overdue() {
    if (term_sent_) {
        child_->kill();
    } else {
        child_->terminate();
        term_sent_ = true;
    }
    resume_at_ = now() + 2 * services_.options.server_stop_grace;
}

} // namespace orch::actors
