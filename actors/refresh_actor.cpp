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
        [this](const refresh_all& wanted) { return on_refresh_all(wanted); },
    };
}

void refresh_actor::on_exit() {
    if (sweep_) {
        // A promise that is kept keeps the actor that made it.
        sweep_->promise.deliver(
            reply<refresh_summary>{error{errc::unavailable, "the check of all servers broke off"}});
        sweep_.reset();
    }
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
        add(*round, {view.status, view.lists.tools()});
        return;
    }
    request(actor, answer_timeout, refresh_status{})
        .then([round](const status_report& report) { add(*round, report); },
              [round, view](const caf::error&) {
                  add(*round, {view.status, view.lists.tools()});
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

caf::response_promise refresh_actor::on_refresh_all(const refresh_all& wanted) {
    auto promise = make_response_promise();
    if (sweep_) {
        promise.deliver(
            reply<refresh_summary>{error{errc::busy, "a check of all servers is under way"}});
        return promise;
    }
    std::vector<server_id> enabled;
    for (const auto& server : registry_.load()->servers()) {
        if (server.definition.enabled) {
            enabled.push_back(server.definition.id);
        }
    }
    sweep_ = std::make_unique<refresh_sweep>(refresh_sweep{
        promise, std::move(enabled), 0, 0, wanted, home().clock().monotonic() + wanted.limit});
    go_on();
    return promise;
}

void refresh_actor::go_on() {
    auto& sweep = *sweep_;
    if (home().clock().monotonic() >= sweep.until) {
        sweep.summary.left_out += sweep.servers.size() - sweep.next;
        sweep.next = sweep.servers.size();
    }
    while (sweep.under_way < sweep.wanted.at_once && sweep.next < sweep.servers.size()) {
        ask_next();
    }
    if (sweep.under_way == 0) {
        sweep.promise.deliver(reply<refresh_summary>{sweep.summary});
        sweep_.reset();
    }
}

void refresh_actor::ask_next() {
    const auto& server = sweep_->servers[sweep_->next++];
    const auto actor = board_.actor(server);
    if (!actor) {
        // Deleted since the check began.
        return;
    }
    ++sweep_->under_way;
    // Read before the server is asked: its unit may run at once and publish what it does about it.
    auto before = board_.view(server).value_or(server_view{});
    request(actor, answer_timeout, refresh_status{sweep_->wanted.kind})
        .then(
            [this, before = std::move(before)](const status_report& report) {
                sweep_->summary.add(before, report);
                one_done();
            },
            [this](const caf::error&) {
                sweep_->summary.add_silent();
                one_done();
            });
}

void refresh_actor::one_done() {
    --sweep_->under_way;
    go_on();
}

} // namespace orch::actors
