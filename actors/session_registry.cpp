#include "actors/session_registry.hpp"

#include <utility>

namespace orch::actors {

session_registry::shard& session_registry::shard_of(const std::string& transport_id) {
    return shards_[std::hash<std::string>{}(transport_id) % shard_count];
}

bool session_registry::add(const std::string& transport_id, session_entry&& entry) {
    if (size_.fetch_add(1) >= sessions_max_) {
        size_.fetch_sub(1);
        return false;
    }
    auto& home = shard_of(transport_id);
    const std::lock_guard lock(home.mutex);
    const bool added = home.sessions.try_emplace(transport_id, std::move(entry)).second;
    if (!added) {
        size_.fetch_sub(1);
    }
    return added;
}

void session_registry::remove(const std::string& transport_id) {
    auto& home = shard_of(transport_id);
    // Declared before the lock, so that a last handle is let go after it.
    std::optional<session_entry> removed;
    const std::lock_guard lock(home.mutex);
    const auto found = home.sessions.find(transport_id);
    if (found != home.sessions.end()) {
        removed = std::move(found->second);
        home.sessions.erase(found);
        size_.fetch_sub(1);
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

std::optional<session_entry> session_registry::find(const std::string& transport_id,
                                                    std::chrono::steady_clock::time_point now) {
    std::optional<session_entry> copy;
    with_entry(transport_id, [&](session_entry& entry) {
        entry.last_used = now;
        copy = entry;
    });
    return copy;
}

bool session_registry::claim_stream(const std::string& transport_id) {
    bool claimed = false;
    with_entry(transport_id,
               [&](session_entry& entry) { claimed = !std::exchange(entry.has_stream, true); });
    return claimed;
}

void session_registry::release_stream(const std::string& transport_id) {
    with_entry(transport_id, [](session_entry& entry) { entry.has_stream = false; });
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
session_registry::idle_since(std::chrono::steady_clock::time_point limit) const {
    return matching([&](const session_entry& entry) {
        return entry.ends_when_idle && !entry.working && entry.last_used < limit;
    });
}

std::vector<caf::actor> session_registry::all() const {
    return matching([](const session_entry&) { return true; });
}

std::size_t session_registry::size() const { return size_.load(); }

} // namespace orch::actors
