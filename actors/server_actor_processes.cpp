#include "actors/server_actor.hpp"

#include "actors/process_key.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <utility>

// Which of the server's processes serves whom. Clients know the server's own actor alone; it hands
// on what is for another process, which answers the client itself.

namespace orch::actors {

std::string server_actor::key_for(const client_card* client) const {
    if (!role_.key.empty()) {
        return {};
    }
    auto policy = profile_.definition().policy;
    // A place that nobody can have would be waited for in vain.
    policy.pool_size = std::min(policy.pool_size, services_.options.processes_per_server_max + 1);
    return process_key(policy, profile_.needs_client().value_or(false), client);
}

caf::actor server_actor::add_process(const std::string& key, const client_card_ptr& client,
                                     const caf::actor& session) {
    process_role role;
    role.key = key;
    role.owner = address();
    if (serves_one_session(key)) {
        role.client = client;
        role.session = session;
    }
    return processes_.add(profile_.sibling(std::move(role)));
}

bool server_actor::passed_on(forward_request& request) {
    const auto key = key_for(request.client.get());
    if (key.empty() || refusal()) {
        return false;
    }
    auto process = processes_.find(key);
    if (!process && processes_.make_room()) {
        process = add_process(key, request.client, request.session);
    }
    if (!process) {
        wait_for_place(key, request);
        return true;
    }
    profile_.mark_used();
    processes_.use(key, *request.client);
    caf::anon_send(process, std::move(request));
    return true;
}

bool server_actor::passed_on(const list_items& list) {
    const auto key = key_for(list.client.get());
    if (key.empty() || refusal()) {
        return false;
    }
    auto process = processes_.find(key);
    if (!process && processes_.full()) {
        // What another process lists is better than no list.
        return false;
    }
    if (!process) {
        process = add_process(key, list.client, list.session);
    }
    processes_.use(key, *list.client);
    caf::anon_send(process, list);
    return true;
}

bool server_actor::passed_on(const want_logs& wanted) {
    const auto key = key_for(wanted.client.get());
    if (key.empty()) {
        return false;
    }
    processes_.want_logs(key, wanted);
    return true;
}

void server_actor::on_process_changed(const process_changed& news) {
    processes_.changed(news);
    give_places();
    tell_places();
}

void server_actor::wait_for_place(std::string key, forward_request& request) {
    if (waiting_.empty() && child_.gate().admit_note()) {
        profile_.note(model::log_level::warning, model::log_category::startup,
                      fmt::format("runs as many processes as it may ({}): clients wait for one",
                                  services_.options.processes_per_server_max));
    }
    const auto deadline = now() + place_patience();
    for (const auto& refused : waiting_.add(std::move(key), std::move(request), deadline)) {
        requests_.refuse(refused, no_place(fmt::format("{} calls wait for one", waiting_.size())));
    }
    tell_places();
}

void server_actor::tell_places() { profile_.set_others(processes_.alive(), waiting_.size()); }

void server_actor::give_places() {
    while (!waiting_.empty() && processes_.make_room()) {
        const auto key = *waiting_.next(
            [this](const std::string& principal) { return processes_.held_by(principal); });
        auto requests = waiting_.take(key);
        const auto process = add_process(key, requests.front().client, requests.front().session);
        profile_.mark_used();
        for (auto& request : requests) {
            processes_.use(key, *request.client);
            caf::anon_send(process, std::move(request));
        }
    }
}

void server_actor::check_places() {
    for (const auto& late : waiting_.take_expired(now())) {
        requests_.refuse(
            late, no_place(fmt::format("none became free within {} ms", place_patience().count())));
    }
    give_places();
    if (role_.key.empty()) {
        tell_places();
    }
}

void server_actor::refuse_waiting(const call_failure& failure) {
    for (const auto& request : waiting_.take_all()) {
        requests_.refuse(request, failure);
    }
}

std::chrono::milliseconds server_actor::place_patience() const {
    return std::min(services_.options.handshake_timeout, profile_.definition().call_timeout);
}

call_failure server_actor::no_place(std::string_view what_else) const {
    return {call_fault::overloaded,
            fmt::format("{} runs as many processes as it may ({}), and {}", profile_.who(),
                        services_.options.processes_per_server_max, what_else)};
}

caf::actor server_actor::known_process(const client_card_ptr& client) const {
    const auto key = key_for(client.get());
    return key.empty() ? caf::actor{} : processes_.find(key);
}

void server_actor::on_cancel(const cancel_request& cancel) {
    // What was sent before the server was seen to need its client is with this process.
    if (const auto process = known_process(cancel.client)) {
        caf::anon_send(process, cancel);
    }
    waiting_.withdraw(cancel.number);
    requests_.withdraw(cancel.number);
    draining_.withdraw(cancel.number);
}

} // namespace orch::actors
