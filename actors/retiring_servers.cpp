#include "actors/retiring_servers.hpp"

#include "actors/server_messages.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace orch::actors {

namespace {

constexpr std::chrono::seconds retire_timeout{30};

} // namespace

void retiring_servers::add(const caf::actor& server, std::function<void()> on_gone) {
    leaving_.push_back(
        {server, std::move(on_gone), owner_.home().clock().monotonic() + retire_timeout});
    // A time-out of CAF would hold the owner until it is over, long after the answer, and with it
    // the end of the whole system.
    owner_.request(server, caf::infinite, stop_server{})
        .then([this, address = server.address()](stopped) { gone(address); },
              [this, address = server.address()](const caf::error&) { gone(address); });
}

void retiring_servers::tick() {
    const auto now = owner_.home().clock().monotonic();
    std::vector<caf::actor> late;
    for (const auto& each : leaving_) {
        if (each.deadline <= now) {
            late.push_back(each.server);
        }
    }
    for (const auto& server : late) {
        owner_.send_exit(server, caf::exit_reason::kill);
        gone(server.address());
    }
}

void retiring_servers::gone(const caf::actor_addr& server) {
    const auto found = std::find_if(leaving_.begin(), leaving_.end(), [&](const leaving& each) {
        return each.server.address() == server;
    });
    if (found == leaving_.end()) {
        return; // It was killed, or is down.
    }
    const auto on_gone = std::move(found->on_gone);
    leaving_.erase(found);
    on_gone();
}

void retiring_servers::down(const caf::actor_addr& failed) {
    std::erase_if(leaving_, [&](const leaving& each) { return each.server.address() == failed; });
}

std::vector<caf::actor> retiring_servers::all() const {
    std::vector<caf::actor> servers;
    for (const auto& each : leaving_) {
        servers.push_back(each.server);
    }
    return servers;
}

} // namespace orch::actors
