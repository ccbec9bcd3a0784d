#include "actors/server_actor.hpp"

#include <fmt/format.h>

#include <utility>

// Whether a server whose policy is `auto` asks its clients: it is started once as if its client
// could be asked for everything, and watched. Nobody waits for that but a routine check.

namespace orch::actors {

namespace {

constexpr std::string_view probe_key = "probe";

client_card_ptr able_client() {
    auto card = std::make_shared<client_card>();
    card->capabilities = R"({"roots":{"listChanged":true},"sampling":{},"elicitation":{}})";
    card->can = {true, true, true, true};
    return card;
}

} // namespace

bool server_actor::probe_due() const {
    const auto& server = profile_.definition();
    return role_.key.empty() && server.policy.by == model::process_policy::kind::automatic &&
           !is_remote() && !profile_.needs_client() && probe_.idle() && !probe_.failed() &&
           !child_ && !draining_ && processes_.empty();
}

void server_actor::begin_probe() {
    process_role role;
    role.key = probe_key;
    role.client = able_client();
    role.owner = address();
    role.purpose = process_role::use::probe;
    profile_.note(model::log_level::info, model::log_category::handshake,
                  "probing whether it asks clients that can be asked");
    const auto process = processes_.add(profile_.sibling(std::move(role)));
    probe_.begin(process, now());
    request(process, capability_probe::patience, refresh_status{})
        .then(
            [this, process](const status_report& report) {
                probe_started(process, report.status.state == model::server_state::online);
            },
            [this, process](const caf::error&) { probe_started(process, false); });
}

void server_actor::probe_started(const caf::actor& process, bool ready) {
    probe_.started(process, ready, now());
    check_probe();
}

void server_actor::on_need_found(need_of_client_found& found) {
    probe_.found(std::move(found.what));
    check_probe();
}

void server_actor::check_probe() {
    if (probe_.due(now())) {
        end_probe();
    }
}

void server_actor::give_up_probe() {
    if (probe_.give_up()) {
        end_probe();
    }
}

void server_actor::end_probe() {
    const std::string key(probe_key);
    if (processes_.find(key)) {
        processes_.end(key);
    } else {
        // Its actor failed.
        probe_gone();
    }
}

void server_actor::probe_gone() {
    if (!probe_.over()) {
        return;
    }
    if (const auto& verdict = probe_.outcome()) {
        profile_.note(model::log_level::info, model::log_category::handshake,
                      verdict->needs_client
                          ? fmt::format("{}: such clients get a process of their own from now on",
                                        verdict->seen)
                          : "asks no clients: all share one process");
        know_need_of_client(verdict->needs_client);
    }
    if (std::exchange(start_wanted_, false) && !refusal()) {
        ensure_started();
    } else {
        refreshes_.answer_all(profile_.report());
    }
}

void server_actor::know_need_of_client(bool needs) {
    profile_.set_needs_client(needs);
    publish(profile_.status().state, profile_.status().last_error);
}

} // namespace orch::actors
