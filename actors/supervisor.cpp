#include "actors/supervisor.hpp"

#include "actors/bridge/coordinator.hpp"
#include "actors/metrics_actor.hpp"
#include "actors/postgres_actor.hpp"
#include "actors/refresh_actor.hpp"
#include "actors/registry_actor.hpp"
#include "actors/server_log_writer.hpp"
#include "actors/session_writer.hpp"
#include "core/log.hpp"

#include <fmt/format.h>

#include <caf/actor_system.hpp>
#include <caf/send.hpp>

namespace orch::actors {

namespace {

constexpr std::chrono::seconds open_timeout{120};
constexpr std::chrono::milliseconds open_pause{1'000};
/// Ticks between two looks for idle sessions.
constexpr std::size_t ticks_per_sweep = 50;

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
        [this](const database_unusable& unusable) {
            runtime_.set_state(readiness::failed, unusable.reason);
        },
        [this](open_registry) { open_database(); },
        [this](tick) { on_tick(); },
        [this](const registry_changed& changed) { on_registry_changed(changed); },
        [this](shut_down) { return on_shut_down(); },
    };
}

void supervisor::on_exit() {
    servers_.clear();
    postgres_ = nullptr;
    call_writer_ = nullptr;
    session_writer_ = nullptr;
    server_log_writer_ = nullptr;
}

void supervisor::on_start_up() {
    const caf::actor self = caf::actor_cast<caf::actor>(this);
    home().every(runtime_.options.actors.tick, [self] { caf::anon_send(self, tick{}); });
    if (!database_.connection.empty()) {
        open_database();
        return;
    }
    auto cluster = storage::private_cluster::locate(runtime_.options.data_dir);
    if (!cluster) {
        runtime_.set_state(readiness::failed, cluster.error().detail);
        return;
    }
    runtime_.set_state(readiness::starting, "waiting for the private PostgreSQL");
    postgres_ = spawn<postgres_actor>(std::ref(home()), std::move(*cluster),
                                      runtime_.options.launcher, runtime_.options.child, self);
}

void supervisor::on_database(const database_started& started) {
    if (!runtime_.registry_writer) {
        database_.connection = started.connection;
        open_database();
    }
}

void supervisor::open_database() {
    if (stopping_) {
        return;
    }
    if (!runtime_.registry_writer) {
        runtime_.registry_writer = spawn<registry_actor, caf::detached>(
            database_, std::ref(runtime_.registry), std::cref(runtime_.box),
            std::cref(runtime_.clock), caf::actor_cast<caf::actor>(this));
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
    if (why.code != errc::unavailable && why.code != errc::timeout) {
        log::error("database", "{}", why.detail);
        runtime_.set_state(readiness::failed, why.detail);
        return;
    }
    log::warning("database", "waiting for the database: {}", why.detail);
    runtime_.set_state(readiness::starting, "waiting for the database");
    delayed_send(this, open_pause, open_registry{});
}

void supervisor::on_opened(const registry_opened& opened) {
    if (stopping_) {
        return;
    }
    runtime_.sequence.advance_past(opened.newest_call);
    runtime_.database = std::make_unique<storage::database>(database_);
    session_writer_ = spawn<session_writer, caf::detached>(database_, runtime_.instance);
    server_log_writer_ = spawn<server_log_writer, caf::detached>(database_);
    runtime_.metrics = spawn<metrics_actor>(std::ref(home()), std::cref(runtime_.registry),
                                            [this](exposition& out) { add_gauges(out); });
    if (const auto made = make_recorders(); !made) {
        runtime_.set_state(readiness::failed, made.error().detail);
        return;
    }
    spawn_writers();
    spawn_servers(opened);
    runtime_.refresh = spawn<refresh_actor>(std::ref(home()), std::cref(runtime_.registry),
                                            std::cref(runtime_.board));
    runtime_.set_state(readiness::ready, "ready");
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
            units.unit(index), std::move(*spool), runtime_.options.spool.when_full,
            runtime_.sequence, call_recorder::listeners{runtime_.metrics, session_writer_}));
    }
    return {};
}

void supervisor::spawn_writers() {
    call_writer_ = spawn<call_log_writer, caf::detached>(
        call_log_writer_setup{database_, runtime_.options.spool, runtime_.spool_usage,
                              runtime_.instance, runtime_.options.actors.ship_interval,
                              runtime_.sequence, runtime_.recorders, runtime_.log_state});
    runtime_.servers = std::make_unique<server_services>(
        server_services{runtime_.board, runtime_.sessions, runtime_.sequence, server_log_writer_,
                        runtime_.options.actors, runtime_.options.child, runtime_.options.launcher,
                        runtime_.options.base_environment, runtime_.options.version});
    runtime_.clients = std::make_unique<session_services>(session_services{
        runtime_.board, runtime_.registry, runtime_.sessions, runtime_.recorders, runtime_.sequence,
        session_writer_, runtime_.options.actors, runtime_.instance, runtime_.options.version});
}

void supervisor::spawn_servers(const registry_opened& opened) {
    std::unordered_map<server_id, known_server> known;
    for (const auto& status : opened.statuses) {
        known[status.id].status = status;
    }
    for (const auto& [id, tools] : opened.tools) {
        known[id].tools = tools;
    }
    for (const auto& server : runtime_.registry.load()->servers()) {
        auto& entry = known[server.definition.id];
        entry.entry = server;
        // Whatever ran before this start does not run now.
        if (entry.status.state != model::server_state::error &&
            entry.status.state != model::server_state::unknown) {
            entry.status.state = model::server_state::stopped;
        }
        spawn_server(std::move(entry));
    }
}

void supervisor::spawn_server(known_server known) {
    const auto id = known.entry.definition.id;
    auto& units = bridge::coordinator::of(system());
    auto& unit = units.unit(next_unit_++ % units.unit_count());
    auto actor = spawn<server_actor, caf::monitored>(std::ref(unit), std::cref(*runtime_.servers),
                                                     std::move(known));
    servers_[id] = actor;
    runtime_.board.put_actor(id, actor);
}

void supervisor::on_tick() {
    for (const auto& [id, server] : servers_) {
        caf::anon_send(server, tick{});
    }
    if (postgres_) {
        caf::anon_send(postgres_, tick{});
    }
    if (++ticks_ % ticks_per_sweep == 0) {
        const auto limit = runtime_.clock.monotonic() -
                           runtime_.options.actors.session_idle_timeout;
        for (const auto& session : runtime_.sessions.idle_since(limit)) {
            caf::anon_send(session, close_session{});
        }
    }
}

void supervisor::on_registry_changed(const registry_changed& changed) {
    if (stopping_ || runtime_.state() != readiness::ready) {
        return;
    }
    for (const auto& server : changed.registry->servers()) {
        const auto found = servers_.find(server.definition.id);
        if (found == servers_.end()) {
            known_server known;
            known.entry = server;
            spawn_server(std::move(known));
        } else {
            caf::anon_send(found->second, change_server{server});
        }
    }
    std::vector<server_id> gone;
    for (const auto& [id, server] : servers_) {
        if (changed.registry->find_server(id) == nullptr) {
            gone.push_back(id);
        }
    }
    for (const auto& id : gone) {
        retire_server(id);
    }
}

void supervisor::retire_server(const server_id& id) {
    const auto server = servers_.at(id);
    servers_.erase(id);
    runtime_.board.remove(id);
    request(server, std::chrono::seconds(30), stop_server{})
        .then([this, server](stopped) { send_exit(server, caf::exit_reason::user_shutdown); },
              [this, server](const caf::error&) { send_exit(server, caf::exit_reason::kill); });
}

void supervisor::on_down(const caf::down_msg& down) {
    for (const auto& [id, server] : servers_) {
        if (server.address() != down.source || stopping_) {
            continue;
        }
        const auto registry = runtime_.registry.load();
        if (const auto* entry = registry->find_server(id)) {
            log::error("supervisor", "the actor of server '{}' failed and is spawned anew",
                       entry->definition.name);
            const auto view = runtime_.board.view(id).value_or(server_view{});
            spawn_server({*entry, view.status, view.tools});
        }
        return;
    }
}

void supervisor::add_gauges(exposition& out) const {
    out.family("mcp_orch_client_sessions", "gauge", "Client sessions open now.");
    out.sample("mcp_orch_client_sessions", {}, static_cast<double>(runtime_.sessions.size()));
    out.family("mcp_orch_spool_bytes", "gauge", "Call records not yet in the database.");
    out.sample("mcp_orch_spool_bytes", {}, static_cast<double>(runtime_.spool_usage->bytes()));
    out.family("mcp_orch_call_log_rows_total", "counter", "Call records stored in the database.");
    out.sample("mcp_orch_call_log_rows_total", {},
               static_cast<double>(runtime_.log_state->stored.load()));
    out.family("mcp_orch_call_log_lost_total", "counter",
               "Call records that were damaged or that the database refused.");
    out.sample("mcp_orch_call_log_lost_total", {},
               static_cast<double>(runtime_.log_state->refused.load() +
                                   runtime_.log_state->damaged.load()));
    out.family("mcp_orch_database_up", "gauge", "1 while the database takes records.");
    out.sample("mcp_orch_database_up", {}, runtime_.log_state->database_away ? 0.0 : 1.0);
    out.family("mcp_orch_server_up", "gauge", "1 while the process of a server answers.");
    const auto registry = runtime_.registry.load();
    for (const auto& server : registry->servers()) {
        const auto view = runtime_.board.view(server.definition.id);
        const auto* project = registry->find_project(server.definition.project);
        const bool up = view && view->status.state == model::server_state::online;
        out.sample("mcp_orch_server_up",
                   {{"project", project != nullptr ? project->name : ""},
                    {"server", server.definition.name}},
                   up ? 1.0 : 0.0);
    }
}

template <class Reply, class Message>
void supervisor::ask_all(const std::vector<caf::actor>& actors, const Message& message,
                         std::chrono::seconds timeout, std::function<void()> next) {
    if (actors.empty()) {
        next();
        return;
    }
    const auto missing = std::make_shared<std::size_t>(actors.size());
    const auto arrived = [missing, next = std::move(next)] {
        if (--*missing == 0) {
            next();
        }
    };
    for (const auto& actor : actors) {
        request(actor, timeout, message)
            .then([arrived](Reply) { arrived(); }, [arrived](const caf::error&) { arrived(); });
    }
}

caf::response_promise supervisor::on_shut_down() {
    shut_down_ = make_response_promise();
    stopping_ = true;
    runtime_.set_state(readiness::stopping, "stopping");
    end_sessions();
    return shut_down_;
}

void supervisor::end_sessions() {
    for (const auto& session : runtime_.sessions.all()) {
        caf::anon_send(session, close_session{});
    }
    end_servers();
}

void supervisor::end_servers() {
    std::vector<caf::actor> servers;
    for (const auto& [id, server] : servers_) {
        servers.push_back(server);
    }
    ask_all<stopped>(servers, stop_server{}, std::chrono::seconds(20), [this] { end_writers(); });
}

void supervisor::end_writers() {
    std::vector<caf::actor> writers;
    for (const auto& writer : {call_writer_, session_writer_, server_log_writer_}) {
        if (writer) {
            writers.push_back(writer);
        }
    }
    ask_all<flushed>(writers, flush_log{}, std::chrono::seconds(20), [this, writers] {
        for (const auto& [id, server] : servers_) {
            send_exit(server, caf::exit_reason::user_shutdown);
        }
        for (const auto& writer : writers) {
            send_exit(writer, caf::exit_reason::user_shutdown);
        }
        for (const auto& actor : {runtime_.metrics, runtime_.refresh, runtime_.registry_writer}) {
            if (actor) {
                send_exit(actor, caf::exit_reason::user_shutdown);
            }
        }
        end_database();
    });
}

void supervisor::end_database() {
    std::vector<caf::actor> last;
    if (postgres_) {
        last.push_back(postgres_);
    }
    ask_all<stopped>(last, stop_server{}, std::chrono::seconds(60), [this] {
        if (postgres_) {
            send_exit(postgres_, caf::exit_reason::user_shutdown);
        }
        runtime_.board.clear_actors();
        shut_down_.deliver(stopped{});
        quit();
    });
}

} // namespace orch::actors
