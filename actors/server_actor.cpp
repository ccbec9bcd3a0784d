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

page_listing listing_within(const actor_options& options) {
    return page_listing({.items_max = options.tools_per_server_max, .patience = refresh_timeout});
}

} // namespace

server_actor::server_actor(caf::actor_config& config, bridge::io_unit& home,
                           const server_services& services, known_server known)
    : pinned_actor(config, home), services_(services), clock_(home.clock()),
      profile_(known, services, clock_),
      child_(*this, {.limits = {.notes_per_second = services.options.stderr_lines_per_second}}),
      requests_(profile_, child_, clock_, services.options), wear_(services.options),
      draining_(*this, profile_, clock_, services.options),
      stop_(services.options.server_stop_grace),
      listings_{listing_within(services.options), listing_within(services.options),
                listing_within(services.options), listing_within(services.options)},
      role_(std::move(known.role)), processes_(*this, services,
                                               [this] {
                                                   probe_gone();
                                                   give_places();
                                                   confirm_stop();
                                               }),
      waiting_({.requests_max = services.options.queued_calls_max,
                .bytes_max = services.options.queued_bytes_max}) {
    bridge::install_default_handlers(*this, "server");
    set_down_handler([this](const caf::down_msg& down) {
        processes_.down(down.source);
        give_places();
    });
}

caf::behavior server_actor::make_behavior() {
    publish(profile_.definition().enabled ? profile_.status().state : model::server_state::disabled,
            profile_.status().last_error);
    return caf::behavior{
        [this](forward_request& call) { on_call(call); },
        [this](const cancel_request& cancel) { on_cancel(cancel); },
        [this](const list_items& list) { on_list(list); },
        [this](const want_logs& wanted) { on_want_logs(wanted); },
        [this](client_replied& reply) { on_replied(reply); },
        [this](const question_failed& failure) { on_question_failed(failure); },
        [this](client_progressed& progress) { on_client_progress(progress); },
        [this](client_notified& notified) { on_client_notified(notified); },
        [this](const session_left& left) { on_left(left); },
        [this](const process_changed& news) { on_process_changed(news); },
        [this](need_of_client_found& found) { on_need_found(found); },
        [this](child_line& message) { on_line(message); },
        [this](const child_line_dropped& message) { on_line_dropped(message); },
        [this](const child_request_lost& message) { on_request_lost(message); },
        [this](child_session_renewed& message) { on_session_renewed(message); },
        [this](const child_flooded& message) { on_flooded(message); },
        [this](const child_pipe_lost& message) { on_pipe_lost(message); },
        [this](child_stderr& message) { on_stderr(message); },
        [this](const server_exited& message) { on_exited(message); },
        [this](tick) { on_tick(); },
        [this](change_server& change) { on_change(change); },
        [this](const refresh_status& wanted) { return on_refresh(wanted.kind); },
        [this](restart_server) { return on_restart(); },
        [this](stop_server) { return on_stop(); },
    };
}

void server_actor::on_exit() {
    child_.reset();
    draining_.reset(being_stopped());
    refuse_waiting(being_stopped());
    requests_.fail_kept(being_stopped());
    requests_.fail_sent(being_stopped());
    // A promise that is kept keeps the actor that made it.
    refreshes_.answer_all(profile_.report());
    processes_.exit_all();
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

void server_actor::on_call(forward_request& call) {
    if (!has_task_of(call) && passed_on(call)) {
        return;
    }
    ++heard_;
    if (auto failure = refusal()) {
        requests_.refuse(call, std::move(*failure));
        return;
    }
    if ((call.watch != resource_watch::none && settles(call)) || settles_task(call)) {
        return;
    }
    check_wear();
    const bool ready = phase_ == phase::ready;
    if (!(ready ? requests_.send(call) : requests_.keep(call))) {
        return;
    }
    profile_.mark_used();
    postpone_requests();
    if (!ready) {
        ensure_started();
    }
}

void server_actor::on_list(const list_items& list) {
    if (passed_on(list)) {
        return;
    }
    ++heard_;
    const auto failure = refusal();
    const bool known = profile_.items(list.kind) != nullptr;
    if (known || failure) {
        requests_.answer(list, known ? "" : failure->reason);
        if (!verified_ && !failure && phase_ == phase::idle) {
            ensure_started();
        }
        return;
    }
    if (requests_.keep(list)) {
        ensure_started();
    }
}

void server_actor::on_change(change_server& change) {
    give_up_probe();
    const bool regrouped = change.entry.definition.policy != profile_.definition().policy;
    if (regrouped || !change.entry.definition.enabled) {
        processes_.retire_all();
    } else {
        processes_.tell(change);
    }
    const bool restart = !same_launch(profile_.definition(), change.entry.definition);
    const bool enabled = change.entry.definition.enabled;
    const bool turned = enabled != profile_.definition().enabled;
    if (profile_.redefine(std::move(change.entry))) {
        tell_audience(model::list_kind::tools);
    }
    if (!enabled || restart) {
        begin_stop();
        tasks_.clear();
    }
    if (restart || turned) {
        // What crashed was another program, or somebody wants it back.
        forget_pause();
    }
    if (!enabled) {
        refuse_waiting({call_fault::disabled, profile_.who() + " is disabled"});
        requests_.fail_kept({call_fault::disabled, profile_.who() + " is disabled"});
        publish(model::server_state::disabled, "");
    } else if (restart) {
        publish(model::server_state::stopped, "");
        if (requests_.keeps_any() || !refreshes_.empty()) {
            ensure_started();
        }
    }
    if (regrouped) {
        for (auto& request : waiting_.take_all()) {
            on_call(request);
        }
    }
}

caf::response_promise server_actor::on_refresh(check_kind kind) {
    auto promise = make_response_promise();
    const bool sleeps_on = kind == check_kind::routine && rests();
    if (refusal() || (sleeps_on && !probe_due())) {
        promise.deliver(profile_.report());
        return promise;
    }
    const auto deadline = now() + refresh_timeout;
    if (sleeps_on) {
        refreshes_.add(promise, 0, deadline);
        begin_probe();
        return promise;
    }
    if (kind == check_kind::asked) {
        forget_pause();
    }
    if (phase_ == phase::ready) {
        send_errand({errand_kind::ping}, "ping", "");
        read_lists();
        const auto checked = checked_list();
        refreshes_.add(promise, checked ? listing_of(*checked).newest() : 0, deadline);
        if (!checked) {
            profile_.mark_checked();
            refreshes_.listed(0, profile_.report());
        }
    } else {
        refreshes_.add(promise, 0, deadline);
        ensure_started();
    }
    return promise;
}

caf::response_promise server_actor::on_restart() {
    give_up_probe();
    processes_.retire_all();
    begin_stop();
    return on_refresh(check_kind::asked);
}

bool server_actor::rests() const {
    return phase_ == phase::idle && profile_.status().state == model::server_state::stopped &&
           profile_.items(model::list_kind::tools) != nullptr;
}

caf::response_promise server_actor::on_stop() {
    auto promise = make_response_promise();
    retired_ = true;
    refuse_waiting(being_stopped());
    requests_.fail_kept(being_stopped());
    refreshes_.answer_all(profile_.report());
    stop_waiters_.add(promise);
    give_up_probe();
    processes_.retire_all();
    begin_stop();
    // Else the end of a pause would start it once more.
    forget_pause();
    confirm_stop();
    return promise;
}

void server_actor::on_tick() {
    processes_.tick();
    check_places();
    check_probe();
    // The requests that wait for an answer in vain go on when the server is told so.
    expire_questions();
    requests_.expire();
    draining_.tick();
    tasks_.expire(now());
    check_pipes();
    check_phase();
    check_refreshes();
    expire_errands();
    check_idle();
    check_wear();
    if (profile_.take_unsaved_use()) {
        publish(profile_.status().state, profile_.status().last_error);
    }
    note_skipped(child_.gate().take_skipped());
}

void server_actor::check_refreshes() {
    if (refreshes_.any_late(now())) {
        constexpr std::string_view late = "did not answer the status check in time";
        profile_.note(model::log_level::error, model::log_category::refresh, std::string(late));
        profile_.set_problem(fmt::format("{} {}", profile_.who(), late));
        refreshes_.answer_late(now(), profile_.report());
    }
    for (const auto kind : model::all_list_kinds) {
        request_page(kind, listing_of(kind).due(now()));
    }
}

void server_actor::check_idle() {
    const auto limit = services_.options.server_idle_stop;
    if (phase_ == phase::ready && limit.count() > 0 && requests_.no_calls() &&
        subscriptions_.empty() && !tasks_.any_under_way() && now() - profile_.last_use() >= limit) {
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
    profile_.publish(state, std::move(problem),
                     {.lives = static_cast<bool>(child_), .pid = child_.pid()});
    const auto owner = probes() ? caf::actor{} : caf::actor_cast<caf::actor>(role_.owner);
    if (owner) {
        const bool asleep = phase_ == phase::idle && !draining_ && !requests_.keeps_any();
        caf::anon_send(owner, process_changed{role_.key, address(), static_cast<bool>(child_),
                                              asleep, heard_});
    }
}

} // namespace orch::actors
