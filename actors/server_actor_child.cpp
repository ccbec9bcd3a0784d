#include "actors/server_actor.hpp"

#include "actors/call_draft.hpp"
#include "actors/server_launch.hpp"
#include "mcp/handshake.hpp"
#include "mcp/item_list.hpp"
#include "net/process_usage.hpp"

#include <fmt/format.h>

#include <utility>

// The life of the child: start, handshake, stop, crash.

namespace orch::actors {

void server_actor::ensure_started() {
    give_up_probe();
    if (!probe_.idle()) {
        // Its process may hold what a server can have only once; the start comes when it is gone.
        start_wanted_ = true;
        return;
    }
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
    requests_.begin_life();
    profile_.count_start();
    wear_.born(now(), requests_.sent());
    begin_handshake();
}

void server_actor::begin_handshake() {
    phase_ = phase::starting;
    resume_at_ = now() + services_.options.handshake_timeout;
    last_problem_.clear();
    publish(model::server_state::starting, "");
    profile_.note(model::log_level::info, model::log_category::startup,
                  is_remote() ? fmt::format("connecting to {}", place())
                              : fmt::format("started, pid {}", child_.pid()));
    send_errand({errand_kind::initialize}, "initialize",
                mcp::initialize_params(services_.version,
                                       role_.client ? role_.client->capabilities : "{}"));
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
    for (const auto kind : model::all_list_kinds) {
        if (profile_.offered().has(mcp::shape_of(kind).capability)) {
            unlisted_.push_back(kind);
        }
    }
    drop_lists();
    if (unlisted_.empty()) {
        become_ready();
    } else {
        read_lists();
    }
}

void server_actor::become_ready() {
    phase_ = phase::ready;
    verified_ = true;
    profile_.mark_connected();
    ask_for_logs();
    subscribe_anew();
    publish(model::server_state::online, "");
    refreshes_.answer_all(profile_.report());
    requests_.send_kept();
    postpone_requests();
}

void server_actor::begin_stop() {
    draining_.stop();
    // Somebody wants it to stop now, so it does not come back by itself.
    cut_off_.clear();
    if (!child_ || phase_ == phase::stopping) {
        return;
    }
    step_down();
}

void server_actor::step_down() {
    phase_ = phase::stopping;
    resume_at_ = stop_.begin(*child_.operator->(), now());
}

void server_actor::on_exited(const server_exited& message) {
    if (draining_.is_life(message.generation)) {
        on_replaced_exited(message);
        return;
    }
    if (!child_.is_life(message.generation)) {
        return;
    }
    const bool remote = !message.cause.empty();
    const std::string how = remote ? message.cause
                                   : fmt::format("ended with {}", message.status.to_string());
    // A restart may come before the second is over, and it has a count of its own.
    note_skipped(child_.gate().take_last_skipped());
    child_.reset();
    end_life();
    if (!remote) {
        tasks_.clear();
    }
    requests_.fail_sent(
        {call_fault::lost,
         remote ? fmt::format("{} was lost before it answered: {}", profile_.who(), how)
                : fmt::format("{} {} before it answered", profile_.who(), how)});
    if (const auto cause = std::exchange(cut_off_, {}); !cause.empty()) {
        crashed(cause);
    } else if (phase_ == phase::stopping) {
        after_stop(remote ? "the session was ended" : message.status.to_string());
    } else if (phase_ == phase::ready) {
        crashed(how);
    } else {
        start_failed(why_not_started(remote, how));
    }
    confirm_stop();
}

void server_actor::end_life() {
    errands_.clear();
    own_watches_.clear();
    drop_questions();
    for (auto& listing : listings_) {
        listing.reset();
    }
    unlisted_.clear();
    log_level_.reset();
    lost_pipe_.reset();
}

void server_actor::check_wear() {
    // A process that answers for one session may have to ask it: it is replaced between its calls.
    const bool may_ask = role_.client && !(requests_.no_calls() && questions_.empty());
    // Results of tasks lie in the process that did them.
    if (phase_ != phase::ready || is_remote() || draining_ || may_ask || !tasks_.empty()) {
        return;
    }
    const auto why = wear_.reason(now(), requests_.sent(),
                                  [this] { return net::usage_of_tree(child_.pid()).memory_bytes; });
    // The process that accepts a watch is the one that tells of changes.
    if (!why.empty() && requests_.awaited_watches() == 0) {
        profile_.note(model::log_level::info, model::log_category::shutdown,
                      "a fresh process takes its place: " + why);
        replace_child();
    }
}

void server_actor::replace_child() {
    const bool busy = !requests_.no_calls() || !refreshes_.empty() || !subscriptions_.empty();
    draining_.begin(child_, requests_);
    end_life();
    phase_ = phase::idle;
    if (busy) {
        start();
    } else {
        publish(model::server_state::stopped, "");
    }
}

void server_actor::on_replaced_exited(const server_exited& message) {
    draining_.on_exited(message);
    publish(profile_.status().state, profile_.status().last_error);
    confirm_stop();
}

std::string server_actor::why_not_started(bool remote, const std::string& how) const {
    if (remote) {
        // The link says by itself what went wrong, unless it was cut for something else.
        return how == "closed" && !last_problem_.empty() ? last_problem_ : how;
    }
    return fmt::format("{} during the handshake{}{}", how, last_problem_.empty() ? "" : ": ",
                       last_problem_);
}

bool server_actor::is_remote() const {
    return profile_.definition().kind != model::transport::stdio;
}

std::string server_actor::place() const {
    // Path and query may hold what nobody else should know.
    const auto url = net::web_url::parse(profile_.definition().url);
    return url ? url->origin() : "";
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
    if (!child_ && !draining_ && processes_.empty()) {
        stop_waiters_.deliver(stopped{});
    }
}

void server_actor::crashed(const std::string& how) {
    const auto decision = restarts_.crashed(now(), random_jitter());
    const std::string problem = bounded_message(how);
    profile_.note(model::log_level::error, model::log_category::crash, problem);
    profile_.count_restart();
    resume_at_ = decision.at;
    if (decision.kind == restart_policy::verdict::give_up) {
        phase_ = phase::failed;
        note_giving_up(decision);
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
    const auto decision = restarts_.crashed(now(), 0.0);
    resume_at_ = decision.at;
    profile_.mark_checked();
    profile_.note(model::log_level::error, model::log_category::startup, why);
    if (decision.kind == restart_policy::verdict::give_up) {
        note_giving_up(decision);
    }
    publish(model::server_state::error, why);
    requests_.fail_kept(
        {call_fault::not_started, fmt::format("{} could not be started: {}", profile_.who(), why)});
    refreshes_.answer_all(profile_.report());
}

void server_actor::note_giving_up(const restart_policy::decision& decision) {
    using std::chrono::ceil;
    using std::chrono::seconds;
    profile_.note(model::log_level::error, model::log_category::crash,
                  fmt::format("given up after {} crashes and failed starts within {} s; a call may "
                              "try again in {} s",
                              decision.crashes, ceil<seconds>(restarts_.bounds().window).count(),
                              ceil<seconds>(decision.at - now()).count()));
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

void server_actor::check_pipes() {
    if (!lost_pipe_ || now() < lost_pipe_->patience_ends) {
        return;
    }
    const auto how = fmt::format("closed its {} and went on running",
                                 lost_pipe_->which == net::child_pipe::in ? "stdin" : "stdout");
    lost_pipe_.reset();
    if (phase_ == phase::starting) {
        last_problem_ = how;
        child_->kill();
        return;
    }
    if (phase_ != phase::ready) {
        return;
    }
    requests_.fail_sent({call_fault::lost, fmt::format("{} {}", profile_.who(), how)});
    cut_off_ = how;
    step_down();
    publish(model::server_state::starting, how);
}

void server_actor::handshake_overdue() {
    const auto limit = services_.options.handshake_timeout;
    last_problem_ = "no answer to the handshake";
    profile_.note(model::log_level::error, model::log_category::handshake,
                  fmt::format("{} within {} ms", last_problem_, limit.count()));
    child_->kill();
    resume_at_ = now() + limit;
}

void server_actor::stop_overdue() { resume_at_ = stop_.climb(*child_.operator->(), now()); }

} // namespace orch::actors
