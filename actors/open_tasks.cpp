#include "actors/open_tasks.hpp"

#include <algorithm>

namespace orch::actors {

bool open_tasks::has_room(std::string_view owner) const {
    const auto own = std::count_if(tasks_.begin(), tasks_.end(),
                                   [&](const auto& entry) { return entry.second.owner == owner; });
    return tasks_.size() < tasks_max && static_cast<std::size_t>(own) < tasks_of_owner_max;
}

void open_tasks::add(const std::string& id, open_task task, monotonic_time now,
                     std::optional<std::chrono::milliseconds> ttl) {
    const std::chrono::milliseconds longest = remembered_max;
    task.ends = now + std::min(ttl.value_or(longest), longest);
    tasks_.insert_or_assign(id, std::move(task));
}

open_task* open_tasks::find(const std::string& id, std::string_view owner) {
    auto* task = find(id);
    return task != nullptr && task->owner == owner ? task : nullptr;
}

open_task* open_tasks::find(const std::string& id) {
    const auto found = tasks_.find(id);
    return found == tasks_.end() ? nullptr : &found->second;
}

const std::pair<const std::string, open_task>* open_tasks::made_by(std::uint64_t number) const {
    const auto found = std::find_if(tasks_.begin(), tasks_.end(), [&](const auto& entry) {
        return entry.second.number == number;
    });
    return found == tasks_.end() ? nullptr : &*found;
}

bool open_tasks::is_of(const std::string& id, std::string_view owner) const {
    const auto found = tasks_.find(id);
    return found != tasks_.end() && found->second.owner == owner;
}

bool open_tasks::any_of(std::string_view owner) const {
    return std::any_of(tasks_.begin(), tasks_.end(),
                       [&](const auto& entry) { return entry.second.owner == owner; });
}

bool open_tasks::any_under_way() const {
    return std::any_of(tasks_.begin(), tasks_.end(),
                       [](const auto& entry) { return !entry.second.over; });
}

void open_tasks::leave(const caf::actor_addr& session) {
    for (auto& [id, task] : tasks_) {
        if (task.session && task.session.address() == session) {
            task.session = nullptr;
        }
    }
}

void open_tasks::expire(monotonic_time now) {
    std::erase_if(tasks_, [&](const auto& entry) { return entry.second.ends <= now; });
}

} // namespace orch::actors
