#pragma once

#include "core/ids.hpp"

#include <caf/actor.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace orch::actors {

class session_streams;

/// What a request must match to reach a session, and where the session is.
struct session_entry {
    caf::actor actor;
    /// Who opened it; anybody else gets "not found".
    std::string principal;
    project_id project;
    /// Nil for the unified endpoint.
    server_id server;
    /// Streamable HTTP sessions end when idle, event stream sessions with their stream.
    bool ends_when_idle = false;
    /// When it was used last: by a request, or by the end of its work.
    std::chrono::steady_clock::time_point last_used = {};
    /// Whether something of it is under way, so that it is not idle however old its last use is.
    bool working = false;
    /// Nil when it was opened without a key.
    key_id key = {};
    /// Nobody was asked for a key, since the project or the server says so.
    bool open_endpoint = false;
    std::string ip_address = {};
    /// The event streams of a Streamable HTTP session; null for others.
    std::shared_ptr<session_streams> streams = nullptr;
};

/// Who asks for a session: it must be theirs, and of the endpoint that they use.
struct session_claim {
    std::string_view principal;
    project_id project;
    server_id server;
};

/// What a request needs of the session that it is for.
struct session_contact {
    caf::actor actor;
    std::shared_ptr<session_streams> streams;
};

/// Finds live client sessions by their transport id. Callable from any thread; no lock is held
/// while anybody is called. Bounded by `sessions_max`, of which one principal may have
/// `of_principal_max`.
class session_registry {
public:
    explicit session_registry(std::size_t sessions_max, std::size_t of_principal_max =
                                                            std::numeric_limits<std::size_t>::max())
        : sessions_max_(sessions_max), of_principal_max_(of_principal_max) {}

    /// False when there are too many, or the id is taken.
    [[nodiscard]] bool add(const std::string& transport_id, session_entry&& entry);
    /// Whether the principal has as many as it may.
    [[nodiscard]] bool has_all(const std::string& principal) const;
    void remove(const std::string& transport_id);
    /// Nothing when there is no such session for `claim`. Also notes that the session was used.
    [[nodiscard]] std::optional<session_contact> find(const std::string& transport_id,
                                                      const session_claim& claim,
                                                      std::chrono::steady_clock::time_point now);

    /// Sessions of a project that can see the server: its own and the unified ones.
    [[nodiscard]] std::vector<caf::actor> audience(const project_id& project,
                                                   const server_id& server) const;
    /// The session works from now on: a request of it is open.
    void begin_work(const std::string& transport_id);
    /// Nothing of the session is open any more; this was its last use.
    void end_work(const std::string& transport_id, std::chrono::steady_clock::time_point now);
    /// Sessions that end when idle, do not work and were last used before `limit`; before
    /// `listening_limit` when their client listens.
    [[nodiscard]] std::vector<caf::actor>
    idle_since(std::chrono::steady_clock::time_point limit,
               std::chrono::steady_clock::time_point listening_limit) const;
    /// Lets all sessions forget the events that they kept long enough.
    void forget_events() const;
    [[nodiscard]] std::vector<caf::actor> all() const;
    /// `wanted` is called under a lock.
    [[nodiscard]] std::vector<caf::actor>
    matching(const std::function<bool(const session_entry&)>& wanted) const;
    [[nodiscard]] std::size_t size() const;

private:
    static constexpr std::size_t shard_count = 16;
    struct shard {
        mutable std::mutex mutex;
        std::unordered_map<std::string, session_entry> sessions;
    };

    [[nodiscard]] shard& shard_of(const std::string& transport_id);
    /// Calls `use` with the entry, under its lock, if it is there.
    template <class Use>
    void with_entry(const std::string& transport_id, Use use);

    /// False when there is no place for one more of this principal.
    [[nodiscard]] bool take_place(const std::string& principal);
    void give_place_back(const std::string& principal);

    const std::size_t sessions_max_;
    const std::size_t of_principal_max_;
    std::atomic<std::size_t> size_{0};
    mutable std::mutex principals_mutex_;
    std::unordered_map<std::string, std::size_t> of_principals_;
    std::array<shard, shard_count> shards_;
};

} // namespace orch::actors
