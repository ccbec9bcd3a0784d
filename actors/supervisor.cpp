#include "actors/supervisor.hpp"

#include "actors/bridge/coordinator.hpp"
#include "actors/metrics_actor.hpp"
#include "actors/password_actor.hpp"
#include "actors/postgres_actor.hpp"
#include "actors/probe_actor.hpp"
#include "actors/refresh_actor.hpp"
#include "actors/refresh_scheduler.hpp"
#include "actors/registry_actor.hpp"
#include "actors/retention_actor.hpp"
#include "actors/row_tail.hpp"
#include "actors/runtime_gauges.hpp"
#include "actors/server_log_writer.hpp"
#include "actors/session_writer.hpp"
#include "core/log.hpp"
#include "storage/people_store.hpp"

#include <caf/actor_system.hpp>
#include <caf/send.hpp>

namespace orch::actors {

namespace {

constexpr std::chrono::seconds open_timeout{120};
constexpr std::chrono::milliseconds open_pause{1'000};

} // namespace

supervisor::supervisor(caf::actor_config& config, bridge::io_unit& home, runtime& runtime)
    : pinned_actor(config, home), runtime_(runtime), database_(runtime.options.database) {
    bridge::install_default_handlers(*this, "supervisor");
    set_down_handler([this](const caf::down_msg& down) { on_down(down); });
}

caf::behavior supervisor::make_behavior() {
    return caf::behavior{
        [this](start_up) { on_start_up(); },
        [this](const database_started& started) { on_database(started); },
        [this](const database_lost& lost) { await_database(lost.reason); },
        [this](const database_unusable& unusable) { on_unusable(unusable); },
        [this](open_registry) { open_database(); },
        [this](tick) { on_tick(); },
        [this](const registry_changed& changed) { on_registry_changed(changed); },
        [this](shut_down) { return on_shut_down(); },
        [this](key_uses_stored) { run_shutdown(); },
    };
}

void supervisor::on_exit() {
    servers_.reset();
    watch_.clear();
}

void supervisor::on_start_up() {
    const caf::actor self = caf::actor_cast<caf::actor>(this);
    home().every(runtime_.options.actors.tick, [self] { caf::anon_send(self, tick{}); });
    if (database_.connection.empty()) {
        start_postgres();
    } else {
        start_registry();
    }
}

void supervisor::start_postgres() {
    auto cluster = storage::private_cluster::locate(runtime_.options.data_dir);
    if (!cluster) {
        runtime_.set_state(readiness::failed, cluster.error().detail);
        return;
    }
    runtime_.set_state(readiness::starting, "waiting for the private PostgreSQL");
    postgres_ = watch_.add("postgres", [this, cluster = std::move(*cluster)] {
        return spawn<postgres_actor>(std::ref(home()), cluster, runtime_.options.launcher,
                                     runtime_.options.child, caf::actor_cast<caf::actor>(this));
    });
}

void supervisor::on_database(const database_started& started) {
    if (stopping_ || runtime_.state() == readiness::failed) {
        return;
    }
    if (!runtime_.registry_writer) {
        database_.connection = started.connection;
        start_registry();
    } else if (runtime_.state() == readiness::ready) {
        runtime_.set_state(readiness::ready, ready_text);
    }
}

void supervisor::on_unusable(const database_unusable& unusable) {
    const bool ran_before = !database_.connection.empty();
    if (ran_before) {
        await_database(unusable.reason);
    } else {
        fail(unusable.reason);
    }
}

void supervisor::await_database(const std::string& reason) {
    const auto state = runtime_.state();
    if (state == readiness::starting || state == readiness::ready) {
        runtime_.set_state(state, "waiting for the private PostgreSQL: " + reason);
    }
}

void supervisor::fail(const std::string& reason) {
    if (!stopping_) {
        log::error("supervisor", "{}", reason);
        runtime_.set_state(readiness::failed, reason);
    }
}

void supervisor::start_registry() {
    runtime_.registry_writer = watch_.add("registry", [this] {
        // What the one before it stored last may not be in the registry yet.
        caf::anon_send(caf::actor_cast<caf::actor>(this), open_registry{});
        return spawn<registry_actor, caf::detached>(
            database_, std::ref(runtime_.registry), std::cref(runtime_.box),
            std::cref(runtime_.clock), runtime_.instance, caf::actor_cast<caf::actor>(this));
    });
}

void supervisor::open_database() {
    if (stopping_) {
        return;
    }
    request(runtime_.registry_writer, open_timeout, open_registry{})
        .then([this](const reply<registry_opened>& reply) { on_open_reply(reply); },
              [this](const caf::error&) { delayed_send(this, open_pause, open_registry{}); });
}

void supervisor::on_open_reply(const reply<registry_opened>& reply) {
    if (reply.value) {
        on_opened(*reply.value);
        return;
    }
    const auto& why = reply.value.error();
    const bool may_pass = why.code == errc::unavailable || why.code == errc::timeout;
    if (!may_pass && !servers_) {
        fail(why.detail);
        return;
    }
    log::warning("database", "waiting for the database: {}", why.detail);
    if (!servers_ && runtime_.state() == readiness::starting) {
        runtime_.set_state(readiness::starting, "waiting for the database");
    }
    delayed_send(this, open_pause, open_registry{});
}

void supervisor::on_opened(const registry_opened& opened) {
    if (servers_) {
        on_registry_changed({runtime_.registry.load()});
    }
    if (stopping_ || servers_) {
        return;
    }
    runtime_.sequence.advance_past(opened.newest_row);
    runtime_.logins.load(opened.logins);
    runtime_.database = std::make_unique<storage::database>(database_);
    spawn_sinks();
    if (const auto made = make_recorders(); !made) {
        fail(made.error().detail);
        return;
    }
    spawn_call_writer();
    make_services();
    servers_.emplace(*this, *runtime_.servers);
    servers_->open(runtime_.registry.load(), opened);
    runtime_.refresh = watch_.add("refresh", [this] {
        return spawn<refresh_actor>(std::ref(home()), std::cref(runtime_.registry),
                                    std::cref(runtime_.board));
    });
    runtime_.scheduler = watch_.add("scheduler", [this] {
        return spawn<refresh_scheduler>(std::ref(home()), runtime_.refresh,
                                        store_schedule_in(*runtime_.database));
    });
    runtime_.probes = watch_.add("probes", [this] {
        return spawn<probe_actor>(std::ref(home()), std::cref(*runtime_.servers));
    });
    runtime_.set_state(readiness::ready, ready_text);
}

void supervisor::spawn_sinks() {
    runtime_.passwords = watch_.add("passwords", [this] {
        return spawn<password_actor, caf::detached>(crypto::password_cost{});
    });
    session_writer_ = watch_.add("session writer", [this] {
        return spawn<session_writer, caf::detached>(database_, runtime_.instance);
    });
    runtime_.server_log_tail = watch_.add("server log tail", [this] {
        return spawn<row_tail<model::server_log_entry>, caf::detached>(database_,
                                                                       runtime_.server_log_gate);
    });
    server_log_writer_ = watch_.add("server log writer", [this] {
        return spawn<server_log_writer, caf::detached>(
            database_, tail_door{runtime_.server_log_tail, runtime_.server_log_gate});
    });
    retention_ = watch_.add("retention", [this] {
        return spawn<retention_actor, caf::detached>(
            retention_setup{database_, runtime_.options.spool, runtime_.instance, runtime_.clock});
    });
    runtime_.metrics = watch_.add("metrics", [this] {
        return spawn<metrics_actor>(std::ref(home()), std::cref(runtime_.registry),
                                    [&runtime = runtime_, &actors = system()](exposition& out) {
                                        add_runtime_gauges(out, runtime, actors);
                                    });
    });
}

result<void> supervisor::make_recorders() {
    auto& units = bridge::coordinator::of(system());
    for (std::size_t index = 0; index < units.unit_count(); ++index) {
        auto spool = storage::spool_writer::open(runtime_.options.spool, runtime_.instance, index,
                                                 runtime_.spool_usage);
        if (!spool) {
            return spool.error();
        }
        runtime_.recorders.push_back(std::make_unique<call_recorder>(
            units.unit(index), std::move(*spool),
            call_recorder::policy{runtime_.options.spool.when_full,
                                  runtime_.options.actors.records_calls},
            runtime_.sequence, call_recorder::listeners{runtime_.metrics, session_writer_}));
    }
    auto lanes = open_lanes(runtime_.options.spool, runtime_.instance, units.unit_count(),
                            runtime_.spool_usage);
    if (!lanes) {
        return lanes.error();
    }
    runtime_.lanes = std::move(*lanes);
    return {};
}

void supervisor::spawn_call_writer() {
    runtime_.call_tail = watch_.add("call tail", [this] {
        return spawn<row_tail<model::call_record>, caf::detached>(database_, runtime_.call_gate);
    });
    call_writer_ = watch_.add("call log writer", [this] {
        return spawn<call_log_writer, caf::detached>(
            call_log_writer_setup{database_,
                                  runtime_.options.spool,
                                  runtime_.instance,
                                  runtime_.options.actors.ship_interval,
                                  runtime_.sequence,
                                  runtime_.recorders,
                                  runtime_.lanes,
                                  runtime_.log_state,
                                  runtime_.clock,
                                  {runtime_.call_tail, runtime_.call_gate}});
    });
}

void supervisor::make_services() {
    runtime_.servers = std::make_unique<server_services>(server_services{
        runtime_.board, runtime_.sessions, runtime_.sequence, server_log_writer_,
        runtime_.options.actors, runtime_.options.child, runtime_.options.launcher,
        runtime_.options.base_environment, runtime_.options.version, runtime_.options.remote});
    runtime_.clients = std::make_unique<session_services>(session_services{
        runtime_.board, runtime_.registry, runtime_.sessions, runtime_.recorders, runtime_.sequence,
        session_writer_, runtime_.options.actors, runtime_.instance, runtime_.options.version});
}

void supervisor::on_registry_changed(const registry_changed& changed) {
    if (servers_ && !stopping_ && runtime_.state() == readiness::ready) {
        servers_->follow(changed.registry);
        end_unwelcome_sessions();
        review_all_watchers();
        runtime_.keys.keep_only(changed.registry->keys());
    }
}

void supervisor::on_down(const caf::down_msg& down) {
    if (!watch_.replace(down) && servers_ && !stopping_) {
        servers_->replace(down.source, *runtime_.registry.load());
    }
}

caf::response_promise supervisor::on_shut_down() {
    shut_down_ = make_response_promise();
    stopping_ = true;
    watch_.stop();
    runtime_.set_state(readiness::stopping, "stopping");
    // Before anything of the database goes.
    store_key_uses(key_ledger::taking::all, [self = caf::actor_cast<caf::actor>(this)] {
        caf::anon_send(self, key_uses_stored{});
    });
    return shut_down_;
}

void supervisor::run_shutdown() {
    shutdown_.run(
        {
            .sessions = runtime_.sessions.all(),
            .servers = servers_ ? servers_->all() : std::vector<caf::actor>{},
            .writers = {call_writer_, session_writer_, server_log_writer_},
            .others = {runtime_.metrics, runtime_.scheduler, runtime_.refresh, runtime_.probes,
                       runtime_.call_tail, runtime_.server_log_tail, retention_,
                       runtime_.registry_writer},
            .postgres = postgres_,
        },
        [this] {
            runtime_.board.clear_actors();
            shut_down_.deliver(stopped{});
            quit();
        });
}

} // namespace orch::actors
