#pragma once

#include "actors/process_users.hpp"
#include "mcp/log_level.hpp"

#include <caf/actor.hpp>
#include <caf/actor_addr.hpp>

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace orch::actors {

/// Who wants the log messages of one server, and from which level on. Bounded by the sessions that
/// are open: each leaves when it ends. Used by one server actor.
class log_audience {
public:
    struct wish {
        caf::actor session;
        mcp::log_level level = mcp::log_level::debug;
        /// As `client_card::task_owner`.
        std::string owner;
    };

    void want(wish wanted);
    void leave(const caf::actor_addr& session);
    void clear() noexcept { wishes_.clear(); }

    /// What the server must be asked for; absent while nobody said anything.
    [[nodiscard]] std::optional<mcp::log_level> least() const;
    /// The sessions that may hear what a process with these users tells nobody in particular.
    [[nodiscard]] std::vector<caf::actor> sessions(const process_users& users) const;

private:
    std::unordered_map<caf::actor_addr, wish> wishes_;
};

} // namespace orch::actors
