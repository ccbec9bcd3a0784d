#include "actors/server_actor.hpp"

#include "actors/server_launch.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

// What others want of a server. Its child is dealt with in server_actor_child.cpp, what the child
// says in server_actor_lines.cpp.

namespace orch::actors {

namespace {

constexpr std::chrono::seconds refresh_timeout{30};

} // namespace

server_actor::server_actor(caf::actor_config& config, bridge::io_unit& home,
                           const server_services& services, known_server known)
    : pinned_actor(config, home), services_(services), clock_(home.clock()),
      profile_(std::move(known), services, clock_),
      child_(*this, {.limits = {.notes_per_second = services.options.stderr_lines_per_second}}),
      requests_(profile_, child_, clock_, services.options),
      listing_({.tools_max = services.options.tools_per_server_max, .patience = refresh_timeout}) {
    bridge::install_default_handlers(*this, "server");
}

caf::behavior server_actor::make_behavior() {
    publish(profile_.definition().enabled ? profile_.status().state : model::server_state::disabled,
            profile_.status().last_error);
    return caf::behavior{
        [this](call_tool& call) { on_call(call); },
        [this](const cancel_call& cancel) { requests_.withdraw(cancel.number); },
        [this](const list_tools& list) { on_list(list); },
        [this](child_line& message) { on_line(message); },
        [this](const child_line_dropped& message) { on_line_dropped(message); },
        [this](const child_flooded& message) { on_flooded(message); },
        [this](child_stderr& message) { on_stderr(message); },
        [this](const server_exited& message) { on_exited(message); },
        [this](tick) { on_tick(); },
        [this](change_server& change) { on_change(change); },
        [this](refresh_status) { return on_refresh(); },
        [this](restart_server) { return on_restart(); },
        [this](stop_server) { return on_stop(); },
    };
}

void server_actor::on_exit() {
    child_.reset();
    requests_.fail_kept(being_stopped());
    requests_.fail_sent(being_stopped());
    // A promise that is kept keeps the actor that made it.
    refreshes_.answer_all(profile_.report());
    confirm_stop();
}

call_failure server_actor::being_stopped() const {
    return {call_fault::lost, profile_.who() + " is being stopped"};
}

std::optional<call_failure> server_actor::refusal() const {
    if (retired_) {
        return being_stopped();
    }
    if (!profile_.definition().enabled) {
        return call_failure{call_fault::disabled, profile_.who() + " is disabled"};
    }
    return std::nullopt;
}

void server_actor::on_call(call_tool& call) {
    if (auto failure = refusal()) {
        requests_.refuse(call, std::move(*failure));
        return;
    }
    const bool ready = phase_ == phase::ready;
    if (!(ready ? requests_.send(call) : requests_.keep(call))) {
        return;
    }
    profile_.mark_used();
    if (!ready) {
        ensure_started();
    }
}

void server_actor::on_list(const list_tools& list) {
    const auto failure = refusal();
    if (profile_.tools() || failure) {
        requests_.answer(list, profile_.tools() ? "" : failure->reason);
        return;
    }
    if (requests_.keep(list)) {
        ensure_started();
    }
}

void server_actor::on_change(change_server& change) {
    const bool restart = !same_launch(profile_.definition(), change.entry.definition);
    const bool enabled = change.entry.definition.enabled;
    if (profile_.redefine(std::move(change.entry))) {
        tell_audience();
    }
    if (!enabled || restart) {
        begin_stop();
    }
    forget_pause();
    if (!enabled) {
        requests_.fail_kept({call_fault::disabled, profile_.who() + " is disabled"});
        publish(model::server_state::disabled, "");
    } else if (restart) {
        publish(model::server_state::stopped, "");
    }
}

caf::response_promise server_actor::on_refresh() {
    auto promise = make_response_promise();
    if (refusal()) {
        promise.deliver(profile_.report());
        return promise;
    }
    const auto deadline = now() + refresh_timeout;
    if (phase_ == phase::ready) {
        restarts_.reset();
        send_errand({errand_kind::ping}, "ping", "");
        request_page(listing_.wish(now()));
        refreshes_.add(promise, listing_.newest(), deadline);
    } else {
        refreshes_.add(promise, 0, deadline);
        forget_pause();
        ensure_started();
    }
    return promise;
}

caf::response_promise server_actor::on_restart() {
    begin_stop();
    return on_refresh();
}

caf::response_promise server_actor::on_stop() {
    auto promise = make_response_promise();
    retired_ = true;
    requests_.fail_kept(being_stopped());
    refreshes_.answer_all(profile_.report());
    stop_waiters_.add(promise);
    begin_stop();
    // Else the end of a pause would start it once more.
    forget_pause();
    confirm_stop();
    return promise;
}

void server_actor::on_tick() {
    requests_.expire();
    check_phase();
    check_refreshes();
    check_idle();
    if (profile_.take_unsaved_use()) {
        publish(profile_.status().state, profile_.status().last_error);
    }
    if (const auto skipped = child_.gate().take_skipped()) {
        profile_.note(model::log_level::warning, model::log_category::output,
                      fmt::format("{} more lines of output were left out", skipped));
    }
}

void server_actor::check_refreshes() {
    if (refreshes_.any_late(now())) {
        profile_.set_problem(profile_.who() + " did not answer the status check in time");
        refreshes_.answer_late(now(), profile_.report());
    }
    request_page(listing_.due(now()));
}

void server_actor::check_idle() {
    const auto limit = services_.options.server_idle_stop;
    if (phase_ == phase::ready && limit.count() > 0 && requests_.no_calls() &&
        now() - profile_.last_use() >= limit) {
        profile_.note(model::log_level::info, model::log_category::shutdown, "stopping: idle");
        begin_stop();
    }
}

void server_actor::forget_pause() {
    restarts_.reset();
    if (phase_ == phase::pausing || phase_ == phase::failed) {
        phase_ = phase::idle;
    }
}

void server_actor::publish(model::server_state state, std::string problem) {
    profile_.publish(state, std::move(problem), child_.pid());
}

} // namespace orch::actors
