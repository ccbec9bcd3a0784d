#include "actors/postgres_actor.hpp"

#include "core/log.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <limits>

namespace orch::actors {

namespace {

/// A fast shutdown writes a checkpoint, which may take a while on a slow disk.
constexpr std::chrono::milliseconds shutdown_grace{60'000};
/// What keeps it from being started is seldom gone sooner.
constexpr std::chrono::seconds obstacle_pause{1};
constexpr std::string_view ready_text = "database system is ready to accept connections";

/// It speaks on stderr alone, and no line may be left out: one of them tells that it is ready.
constexpr actor_child::hearing hearing{
    .from_stdout = actor_child::stdout_use::ignored,
    .limits = {.notes_per_second = std::numeric_limits<std::size_t>::max()}};

/// Messages in English, so that the line above is found whatever the account's language is.
const std::vector<std::pair<std::string, std::string>>& environment() {
    static const std::vector<std::pair<std::string, std::string>> variables{
        {"PATH", "/usr/bin:/bin"}, {"LC_ALL", "C.UTF-8"}, {"TZ", "UTC"}};
    return variables;
}

} // namespace

postgres_actor::postgres_actor(caf::actor_config& config, bridge::io_unit& home,
                               storage::private_cluster cluster, std::string launcher,
                               net::child_options options, caf::actor supervisor)
    : pinned_actor(config, home), cluster_(std::move(cluster)), launcher_(std::move(launcher)),
      options_(options), supervisor_(std::move(supervisor)), child_(*this, hearing) {
    bridge::install_default_handlers(*this, "postgres");
}

caf::behavior postgres_actor::make_behavior() {
    begin();
    return caf::behavior{
        [this](const child_stderr& message) {
            if (child_.is_life(message.generation)) {
                on_stderr_line(message.line);
            }
        },
        [this](const server_exited& exited) { on_exited(exited); },
        [this](tick) { on_tick(); },
        [this](stop_server) { return on_stop(); },
    };
}

void postgres_actor::on_exit() {
    child_.reset();
    // A promise that is kept keeps the actor that made it.
    stop_waiters_.deliver(stopped{});
    supervisor_ = nullptr;
}

void postgres_actor::begin() {
    if (cluster_.leftover_pid() != 0) {
        log::info("postgres", "stopping the server that an earlier run left behind, pid {}",
                  cluster_.leftover_pid());
        run_command(phase::stopping_leftover, cluster_.stop_leftover());
        return;
    }
    if (const auto prepared = cluster_.prepare(); !prepared) {
        obstructed(prepared.error().detail);
        return;
    }
    if (cluster_.initialized()) {
        run_command(phase::starting, cluster_.server());
    } else {
        log::info("postgres", "making a new database cluster");
        run_command(phase::making, cluster_.initdb());
    }
}

void postgres_actor::run_command(phase next, const storage::command_line& command) {
    net::launch_spec spec;
    spec.program = command.program;
    spec.arguments = command.arguments;
    spec.environment = environment();
    spec.launcher = launcher_;
    spec.grace = shutdown_grace;
    spec.stop_with = net::stop_signal::interrupt;
    spec.on_orphan = net::stop_signal::interrupt;
    spec.on_launcher_death = net::launcher_death::spares_child;
    if (const auto started = child_.start(spec, options_); !started) {
        obstructed(started.error().detail);
        return;
    }
    phase_ = next;
}

void postgres_actor::on_stderr_line(const std::string& line) {
    if (phase_ == phase::starting && line.find(ready_text) != std::string::npos) {
        phase_ = phase::running;
        log::info("postgres", "running, launcher pid {}", child_.pid());
        caf::anon_send(supervisor_, database_started{cluster_.connection()});
        return;
    }
    last_line_ = line;
    const bool grave = line.find("FATAL:") != std::string::npos ||
                       line.find("PANIC:") != std::string::npos;
    // Being told to stop is no fault, though PostgreSQL calls it one for each of its sessions.
    if (grave && phase_ != phase::stopping) {
        log::warning("postgres", "{}", line);
    } else {
        log::debug("postgres", "{}", line);
    }
}

void postgres_actor::on_exited(const server_exited& exited) {
    if (!child_.is_life(exited.generation)) {
        return;
    }
    child_.reset();
    const std::string how = exited.status.to_string();
    const bool good = exited.status.code == 0 && exited.status.signal == 0;
    switch (phase_) {
    case phase::stopping_leftover: begin(); break;
    case phase::making:
        if (!good) {
            obstructed(fmt::format("initdb ended with {}: {}", how, last_line_));
        } else if (const auto finished = cluster_.finish_initdb(); !finished) {
            obstructed(finished.error().detail);
        } else {
            run_command(phase::starting, cluster_.server());
        }
        break;
    case phase::starting:
    case phase::running: crashed(how); break;
    case phase::stopping:
        phase_ = phase::ended;
        log::info("postgres", "stopped");
        stop_waiters_.deliver(stopped{});
        break;
    case phase::pausing:
    case phase::ended: break;
    }
}

void postgres_actor::crashed(const std::string& how) {
    const auto reason = fmt::format("it ended with {}: {}", how, last_line_);
    log::error("postgres", "{}", reason);
    caf::anon_send(supervisor_, database_lost{reason});
    pause(std::chrono::seconds{0});
}

void postgres_actor::obstructed(const std::string& why) {
    log::error("postgres", "cannot run the private database: {}", why);
    caf::anon_send(supervisor_, database_unusable{why});
    pause(obstacle_pause);
}

void postgres_actor::pause(std::chrono::seconds least) {
    const auto now = home().clock().monotonic();
    const auto decision = restarts_.crashed(now, random_jitter());
    if (decision.kind == restart_policy::verdict::give_up) {
        log::error("postgres", "failed too often; trying again later");
    }
    phase_ = phase::pausing;
    resume_at_ = std::max(decision.at, now + least);
    on_tick();
}

void postgres_actor::on_tick() {
    if (phase_ == phase::pausing && home().clock().monotonic() >= resume_at_) {
        begin();
    }
}

caf::response_promise postgres_actor::on_stop() {
    auto promise = make_response_promise();
    stop_waiters_.add(promise);
    if (child_) {
        phase_ = phase::stopping;
        child_->terminate();
    } else {
        phase_ = phase::ended;
        stop_waiters_.deliver(stopped{});
    }
    return promise;
}

} // namespace orch::actors
