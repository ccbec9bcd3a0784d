#include "actors/session_registry.hpp"

#include "actors/session_streams.hpp"

#include <algorithm>
#include <utility>

namespace orch::actors {

session_registry::shard& session_registry::shard_of(const std::string& transport_id) {
    return shards_[std::hash<std::string>{}(transport_id) % shard_count];
}

bool session_registry::take_place(const std::string& principal) {
    const std::lock_guard lock(principals_mutex_);
    if (size_.load() >= sessions_max_) {
        return false;
    }
    auto& used = of_principals_[principal];
    if (used >= of_principal_max_) {
        return false;
    }
    ++used;
    size_.fetch_add(1);
    return true;
}

void session_registry::give_place_back(const std::string& principal) {
    const std::lock_guard lock(principals_mutex_);
    size_.fetch_sub(1);
    const auto found = of_principals_.find(principal);
    if (--found->second == 0) {
        of_principals_.erase(found);
    }
}

bool session_registry::has_all(const std::string& principal) const {
    const std::lock_guard lock(principals_mutex_);
    const auto found = of_principals_.find(principal);
    return found != of_principals_.end() && found->second >= of_principal_max_;
}

bool session_registry::add(const std::string& transport_id, session_entry&& entry) {
    const auto principal = entry.principal;
    if (!take_place(principal)) {
        return false;
    }
    auto& home = shard_of(transport_id);
    bool added = false;
    {
        const std::lock_guard lock(home.mutex);
        added = home.sessions.try_emplace(transport_id, std::move(entry)).second;
    }
    if (!added) {
        give_place_back(principal);
    }
    return added;
}

void session_registry::remove(const std::string& transport_id) {
    auto& home = shard_of(transport_id);
    // Declared before the lock, so that a last handle is let go after it.
    std::optional<session_entry> removed;
    {
        const std::lock_guard lock(home.mutex);
        const auto found = home.sessions.find(transport_id);
        if (found != home.sessions.end()) {
            removed = std::move(found->second);
            home.sessions.erase(found);
        }
    }
    if (removed) {
        give_place_back(removed->principal);
    }
}

template <class Use>
void session_registry::with_entry(const std::string& transport_id, Use use) {
    auto& home = shard_of(transport_id);
    const std::lock_guard lock(home.mutex);
    if (const auto found = home.sessions.find(transport_id); found != home.sessions.end()) {
        use(found->second);
    }
}

std::optional<session_contact> session_registry::find(const std::string& transport_id,
                                                      const session_claim& claim,
                                                      std::chrono::steady_clock::time_point now) {
    std::optional<session_contact> found;
    with_entry(transport_id, [&](session_entry& entry) {
        if (entry.project == claim.project && entry.server == claim.server &&
            entry.principal == claim.principal) {
            entry.last_used = now;
            found = {entry.actor, entry.streams};
        }
    });
    return found;
}

void session_registry::begin_work(const std::string& transport_id) {
    with_entry(transport_id, [](session_entry& entry) { entry.working = true; });
}

void session_registry::end_work(const std::string& transport_id,
                                std::chrono::steady_clock::time_point now) {
    with_entry(transport_id, [&](session_entry& entry) {
        entry.working = false;
        entry.last_used = now;
    });
}

std::vector<caf::actor>
session_registry::matching(const std::function<bool(const session_entry&)>& wanted) const {
    std::vector<caf::actor> actors;
    for (const auto& home : shards_) {
        const std::lock_guard lock(home.mutex);
        for (const auto& [id, entry] : home.sessions) {
            if (wanted(entry)) {
                actors.push_back(entry.actor);
            }
        }
    }
    return actors;
}

std::vector<caf::actor> session_registry::audience(const project_id& project,
                                                   const server_id& server) const {
    return matching([&](const session_entry& entry) {
        return entry.project == project && (entry.server.is_nil() || entry.server == server);
    });
}

std::vector<caf::actor>
session_registry::idle_since(std::chrono::steady_clock::time_point limit,
                             std::chrono::steady_clock::time_point listening_limit) const {
    return matching([&](const session_entry& entry) {
        if (!entry.ends_when_idle || entry.working) {
            return false;
        }
        const auto* streams = entry.streams.get();
        return streams == nullptr     ? entry.last_used < limit
               : streams->listening() ? entry.last_used < listening_limit
                                      : std::max(entry.last_used, streams->heard_until()) < limit;
    });
}

void session_registry::forget_events() const {
    std::vector<session_streams_ptr> due;
    for (const auto& home : shards_) {
        const std::lock_guard lock(home.mutex);
        for (const auto& [id, entry] : home.sessions) {
            if (entry.streams && entry.streams->keeps_events()) {
                due.push_back(entry.streams);
            }
        }
    }
    for (const auto& streams : due) {
        streams->home().dispatch([streams] { streams->forget(); });
    }
}

std::vector<caf::actor> session_registry::all() const {
    return matching([](const session_entry&) { return true; });
}

std::size_t session_registry::size() const { return size_.load(); }

} // namespace orch::actors
