#include "actors/probe_actor.hpp"

#include "actors/server_actor.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <utility>

namespace orch::actors {

namespace {

constexpr std::chrono::milliseconds tick_interval{200};
constexpr std::chrono::seconds stop_timeout{30};

/// The services of all servers, but with a board and sessions apart, and without a log.
server_services apart(const server_services& from, server_board& board, session_registry& sessions,
                      std::chrono::milliseconds handshake_timeout) {
    server_services services{board,        sessions,   from.sequence, caf::actor{},
                             from.options, from.child, from.launcher, from.base_environment,
                             from.version, from.remote};
    services.options.handshake_timeout = handshake_timeout;
    return services;
}

} // namespace

/// A server that no list shows.
struct probe_actor::probe {
    probe(const server_services& from, const probe_server& wanted, caf::response_promise asked,
          monotonic_time now)
        : services(apart(from, board, sessions, wanted.limit)), id(wanted.entry.definition.id),
          promise(std::move(asked)), begun(now), limit(wanted.limit) {}

    server_board board;
    session_registry sessions{1};
    server_services services;
    server_id id;
    caf::response_promise promise;
    monotonic_time begun;
    std::chrono::milliseconds limit;
    caf::actor server = nullptr;
    bool answered = false;
};

probe_actor::probe_actor(caf::actor_config& config, bridge::io_unit& home,
                         const server_services& services)
    : pinned_actor(config, home), services_(services) {
    bridge::install_default_handlers(*this, "probe");
}

caf::behavior probe_actor::make_behavior() {
    return caf::behavior{
        [this](const probe_server& wanted) { return on_probe(wanted); },
        [this](tick) { on_tick(); },
    };
}

void probe_actor::on_exit() {
    for (const auto& running : std::exchange(probes_, {})) {
        send_exit(running->server, caf::exit_reason::user_shutdown);
    }
}

caf::response_promise probe_actor::on_probe(const probe_server& wanted) {
    auto promise = make_response_promise();
    if (probes_.size() >= probes_max) {
        promise.deliver(reply<probe_report>{
            error{errc::busy, fmt::format("{} servers are being tried out already", probes_max)}});
        return promise;
    }
    auto entry = wanted.entry;
    entry.definition.enabled = true;
    const auto started = std::make_shared<probe>(services_, wanted, promise,
                                                 home().clock().monotonic());
    started->server = spawn<server_actor>(std::ref(home()), std::cref(started->services),
                                          known_server{std::move(entry), {}});
    // Its services live as long as it does.
    started->server->attach_functor([started](const caf::error&) {});
    probes_.push_back(started);
    request(started->server, wanted.limit + stop_timeout, refresh_status{})
        .then([this, started](const status_report&) { finish(started); },
              [this, started](const caf::error&) { finish(started); });
    keep_ticking();
    return promise;
}

void probe_actor::keep_ticking() {
    if (!ticking_ && !probes_.empty()) {
        ticking_ = true;
        delayed_send(this, tick_interval, tick{});
    }
}

void probe_actor::on_tick() {
    ticking_ = false;
    const auto now = home().clock().monotonic();
    for (const auto& running : std::vector(probes_)) {
        caf::anon_send(running->server, tick{});
        if (now - running->begun >= running->limit) {
            finish(running);
        }
    }
    keep_ticking();
}

void probe_actor::finish(const probe_ptr& ended) {
    if (std::exchange(ended->answered, true)) {
        return;
    }
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        home().clock().monotonic() - ended->begun);
    ended->promise.deliver(reply<probe_report>{
        probe_report{ended->board.view(ended->id).value_or(server_view{}), took}});
    request(ended->server, stop_timeout, stop_server{})
        .then([this, ended](stopped) { forget(ended); },
              [this, ended](const caf::error&) { forget(ended); });
}

void probe_actor::forget(const probe_ptr& ended) {
    send_exit(ended->server, caf::exit_reason::user_shutdown);
    std::erase(probes_, ended);
}

} // namespace orch::actors
