#include "actors/log_audience.hpp"

#include <algorithm>
#include <utility>

namespace orch::actors {

void log_audience::want(wish wanted) {
    wishes_.insert_or_assign(wanted.session.address(), std::move(wanted));
}

void log_audience::leave(const caf::actor_addr& session) { wishes_.erase(session); }

std::optional<mcp::log_level> log_audience::least() const {
    std::optional<mcp::log_level> level;
    for (const auto& [session, wanted] : wishes_) {
        level = std::min(level.value_or(wanted.level), wanted.level);
    }
    return level;
}

std::vector<caf::actor> log_audience::sessions(const process_users& users) const {
    std::vector<caf::actor> all;
    for (const auto& [session, wanted] : wishes_) {
        if (users.none_but(wanted.owner)) {
            all.push_back(wanted.session);
        }
    }
    return all;
}

} // namespace orch::actors
