#include "actors/refresh_actor.hpp"

namespace orch::actors {

namespace {

/// Above the server actor's own limit, so that it is the one to say what went wrong.
constexpr std::chrono::seconds answer_timeout{40};

} // namespace

refresh_actor::refresh_actor(caf::actor_config& config, bridge::io_unit& home,
                             const registry_source& registry, const server_board& board)
    : pinned_actor(config, home), registry_(registry), board_(board) {
    bridge::install_default_handlers(*this, "refresh");
}

caf::behavior refresh_actor::make_behavior() {
    return caf::behavior{
        [this](const refresh_project& wanted) { return on_refresh(wanted); },
    };
}

caf::response_promise refresh_actor::on_refresh(const refresh_project& wanted) {
    auto promise = make_response_promise();
    const auto registry = registry_.load();
    const auto servers = registry->servers_of(wanted.project);
    if (servers.empty()) {
        promise.deliver(status_reports{});
        return promise;
    }
    const auto started = std::make_shared<refresh_round>(
        refresh_round{promise, wanted.on_report, {}, servers.size()});
    for (const auto* server : servers) {
        ask(started, server->definition.id);
    }
    return promise;
}

void refresh_actor::ask(const std::shared_ptr<refresh_round>& round, const server_id& server) {
    const auto view = board_.view(server).value_or(server_view{});
    const auto actor = board_.actor(server);
    if (!actor) {
        add(*round, {view.status, view.tools});
        return;
    }
    request(actor, answer_timeout, refresh_status{})
        .then([round](const status_report& report) { add(*round, report); },
              [round, view](const caf::error&) {
                  add(*round, {view.status, view.tools});
              });
}

void refresh_actor::add(refresh_round& round, status_report report) {
    if (round.on_report) {
        round.on_report(report);
    }
    round.reports.reports.push_back(std::move(report));
    if (--round.missing == 0) {
        round.promise.deliver(std::move(round.reports));
    }
}

} // namespace orch::actors
