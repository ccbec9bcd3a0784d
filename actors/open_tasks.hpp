#pragma once

#include "core/clock.hpp"

#include <caf/actor.hpp>
#include <caf/actor_addr.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace orch::actors {

/// A task that a client has at a server.
struct open_task {
    /// Who may know it.
    std::string owner;
    /// Who hears of it; null when that session is over.
    caf::actor session;
    /// The call that made it; its progress goes on under that number.
    std::uint64_t number = 0;
    /// Raw token of the client; empty when it wants no progress.
    std::string progress_token;
    /// It changes no more.
    bool over = false;
    /// It is forgotten then.
    monotonic_time ends{};
};

/// The tasks of one server process, by their ids there. Whose they are is known here alone: to the
/// server all clients are one. Pure; used by one server actor.
class open_tasks {
public:
    /// More are refused, since a task that is forgotten could not be fetched any more.
    static constexpr std::size_t tasks_max = 4'096;
    static constexpr std::size_t tasks_of_owner_max = 256;
    /// Those that a server keeps longer, or for ever, are forgotten then.
    static constexpr std::chrono::hours remembered_max{24};

    [[nodiscard]] bool has_room(std::string_view owner) const;
    /// A server that uses an id again means another task by it.
    void add(const std::string& id, open_task task, monotonic_time now,
             std::optional<std::chrono::milliseconds> ttl);
    /// Null when there is none of that id, or it is another one's.
    [[nodiscard]] open_task* find(const std::string& id, std::string_view owner);
    /// For what the server says of a task by itself.
    [[nodiscard]] open_task* find(const std::string& id);
    /// The task that the call made, with its id.
    [[nodiscard]] const std::pair<const std::string, open_task>*
    made_by(std::uint64_t number) const;
    [[nodiscard]] bool is_of(const std::string& id, std::string_view owner) const;
    [[nodiscard]] bool any_of(std::string_view owner) const;
    /// Whether a task is not over yet.
    [[nodiscard]] bool any_under_way() const;
    [[nodiscard]] bool empty() const noexcept { return tasks_.empty(); }
    void leave(const caf::actor_addr& session);
    void expire(monotonic_time now);
    /// The process is gone, and all its tasks with it.
    void clear() noexcept { tasks_.clear(); }

private:
    std::unordered_map<std::string, open_task> tasks_;
};

} // namespace orch::actors
