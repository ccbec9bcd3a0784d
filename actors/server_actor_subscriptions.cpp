#include "actors/server_actor.hpp"

#include "core/json_writer.hpp"
#include "mcp/json_cursor.hpp"
#include "mcp/param_token.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <utility>

// Resources that clients watch (server features, resources, subscriptions): the server hears of
// each once, however many clients watch it, and again when its process is another one. A watch
// counts once the server has accepted it; whoever wants the same meanwhile shares the answer.

namespace orch::actors {

namespace {

std::string uri_params(const std::string& uri) {
    std::string params;
    json_writer(params).begin_object().key("uri").string(uri).end_object();
    return params;
}

} // namespace

bool server_actor::settles(const forward_request& request) {
    const auto address = request.session.address();
    if (request.watch == resource_watch::end) {
        requests_.unwant(address, request.item);
        // A process that has not begun to work hears of what is watched then, and of nothing else.
        if (subscriptions_.remove(request.item, address) && phase_ == phase::ready) {
            return false;
        }
        requests_.answer(request, "{}");
        return true;
    }
    if (subscriptions_.size() + requests_.awaited_watches() >=
        resource_subscriptions::watches_max) {
        requests_.refuse(request, {call_fault::overloaded,
                                   fmt::format("{} has too many subscriptions", profile_.who())});
        return true;
    }
    if (subscriptions_.watched(request.item)) {
        subscriptions_.add(request.item, request.session);
        requests_.answer(request, "{}");
        return true;
    }
    return requests_.join_watch(request);
}

void server_actor::note_subscribed(std::uint64_t number, bool refused) {
    const auto own = own_watches_.extract(number);
    if (!own.empty() && own.mapped().begins && refused) {
        subscriptions_.forget(own.mapped().uri);
    }
    const auto begun = requests_.watch_of(number);
    if (!begun || refused) {
        return;
    }
    for (const auto& waiter : begun->waiters) {
        if (waiter.wants) {
            subscriptions_.add(begun->uri, waiter.session);
        }
    }
    if (!subscriptions_.watched(begun->uri)) {
        write_own_watch(begun->uri, false);
    }
}

void server_actor::subscribe_anew() {
    own_watches_.clear();
    if (!profile_.offered().subscribe) {
        return;
    }
    for (const auto& uri : subscriptions_.uris()) {
        write_own_watch(uri, true);
    }
}

void server_actor::unsubscribe(const caf::actor_addr& session) {
    requests_.unwant(session, std::nullopt);
    for (const auto& uri : subscriptions_.leave(session)) {
        if (phase_ == phase::ready) {
            write_own_watch(uri, false);
        }
    }
}

void server_actor::write_own_watch(const std::string& uri, bool begins) {
    if (own_watches_.size() == resource_subscriptions::watches_max) {
        cancel(own_watches_.extract(own_watches_.begin()).key());
    }
    const auto number = home().next_number();
    own_watches_[number] = {uri, begins, now() + errand_patience()};
    (void)child_.write_line(mcp::make_request(
        std::to_string(number), begins ? "resources/subscribe" : "resources/unsubscribe",
        uri_params(uri)));
}

void server_actor::expire_own_watches() {
    while (!own_watches_.empty() && own_watches_.begin()->second.deadline <= now()) {
        cancel(own_watches_.extract(own_watches_.begin()).key());
    }
}

void server_actor::pass_update_on(std::string& line, const mcp::envelope& parts) {
    const auto token = mcp::param_token(line, parts, "uri").of(line);
    if (!mcp::is_string(token)) {
        return;
    }
    for (const auto& session : subscriptions_.watchers(mcp::string_value(token))) {
        caf::anon_send(session, server_notified{profile_.definition().id, 0, line, parts});
    }
}

} // namespace orch::actors
