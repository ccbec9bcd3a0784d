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
    servers_.push_back(server);
    owner_.request(server, retire_timeout, stop_server{})
        .then([this, server, on_gone](stopped) { gone(server, on_gone); },
              [this, server, on_gone](const caf::error&) {
                  owner_.send_exit(server, caf::exit_reason::kill);
                  gone(server, on_gone);
              });
}

void retiring_servers::gone(const caf::actor& server, const std::function<void()>& on_gone) {
    std::erase(servers_, server);
    on_gone();
}

void retiring_servers::down(const caf::actor_addr& failed) {
    std::erase_if(servers_, [&](const auto& server) { return server.address() == failed; });
}

} // namespace orch::actors
