#include "actors/server_processes.hpp"

#include "actors/bridge/coordinator.hpp"
#include "actors/process_key.hpp"
#include "actors/server_actor.hpp"

#include <caf/actor_system.hpp>
#include <caf/send.hpp>

#include <algorithm>
#include <utility>

namespace orch::actors {

caf::actor server_processes::find(const std::string& key) const {
    const auto found = running_.find(key);
    return found == running_.end() ? caf::actor{} : found->second.actor;
}

bool server_processes::full() const noexcept {
    return running_.size() + retiring_.size() >= services_.options.processes_per_server_max;
}

bool server_processes::make_room() {
    if (!full()) {
        return true;
    }
    // One that ends already makes a place, too.
    if (retiring_.empty()) {
        const auto idle = std::find_if(running_.begin(), running_.end(), [](const auto& entry) {
            return entry.second.asleep || entry.second.sessions.empty();
        });
        if (idle != running_.end()) {
            retire(std::string(idle->first));
        }
    }
    return false;
}

std::size_t server_processes::held_by(const std::string& principal) const {
    return static_cast<std::size_t>(
        std::count_if(running_.begin(), running_.end(),
                      [&](const auto& entry) { return entry.second.principal == principal; }));
}

caf::actor server_processes::add(known_server known) {
    const auto key = known.role.key;
    auto& units = bridge::coordinator::of(owner_.system());
    auto& unit = units.unit(next_unit_++ % units.unit_count());
    caf::actor actor = owner_.spawn<server_actor, caf::monitored>(
        std::ref(unit), std::cref(services_), std::move(known));
    running_[key].actor = actor;
    return actor;
}

void server_processes::use(const std::string& key, const client_card& client) {
    const auto found = running_.find(key);
    if (found == running_.end()) {
        return;
    }
    auto& used = found->second;
    used.principal = client.principal;
    used.asleep = false;
    ++used.asked;
    const bool joined = used.sessions.insert(client.session).second;
    const auto wish = joined ? log_wishes_.find(client.session) : log_wishes_.end();
    if (wish != log_wishes_.end()) {
        caf::anon_send(used.actor, wish->second);
    }
}

void server_processes::want_logs(const std::string& key, const actors::want_logs& wanted) {
    const auto& session = wanted.client->session;
    log_wishes_[session] = wanted;
    const auto found = running_.find(key);
    if (found != running_.end() && found->second.sessions.count(session) > 0) {
        caf::anon_send(found->second.actor, wanted);
    }
}

void server_processes::leave(const session_left& left) {
    const auto& session = left.client->session;
    log_wishes_.erase(session);
    std::vector<std::string> over;
    for (auto& [key, used] : running_) {
        if (used.sessions.erase(session) == 0) {
            continue;
        }
        if (used.sessions.empty() && (serves_one_session(key) || used.asleep)) {
            over.push_back(key);
        } else {
            caf::anon_send(used.actor, left);
        }
    }
    for (const auto& key : over) {
        retire(key);
    }
}

void server_processes::changed(const process_changed& news) {
    const auto found = running_.find(news.key);
    if (found == running_.end() || found->second.actor.address() != news.process) {
        return;
    }
    found->second.lives = news.lives;
    // What was asked of it may have passed this message on the way.
    found->second.asleep = news.asleep && news.heard == found->second.asked;
    if (found->second.asleep && found->second.sessions.empty()) {
        retire(news.key);
    }
}

std::size_t server_processes::alive() const {
    return static_cast<std::size_t>(std::count_if(
        running_.begin(), running_.end(), [](const auto& entry) { return entry.second.lives; }));
}

void server_processes::retire(const std::string& key) {
    retiring_.add(running_.extract(key).mapped().actor, on_gone_);
}

void server_processes::retire_all() {
    while (!running_.empty()) {
        retire(std::string(running_.begin()->first));
    }
}

void server_processes::down(const caf::actor_addr& failed) {
    std::erase_if(running_,
                  [&](const auto& entry) { return entry.second.actor.address() == failed; });
    retiring_.down(failed);
}

void server_processes::exit_all() {
    for (const auto& actor : all()) {
        owner_.send_exit(actor, caf::exit_reason::user_shutdown);
    }
    running_.clear();
    retiring_.clear();
}

std::vector<caf::actor> server_processes::all() const {
    auto actors = retiring_.all();
    for (const auto& [key, running] : running_) {
        actors.push_back(running.actor);
    }
    return actors;
}

void server_processes::tick() {
    tell(actors::tick{});
    retiring_.tick();
}

template <class Message>
void server_processes::tell(const Message& message) const {
    for (const auto& actor : all()) {
        caf::anon_send(actor, message);
    }
}

template void server_processes::tell(const change_server&) const;

} // namespace orch::actors
