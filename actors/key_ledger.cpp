#include "actors/key_ledger.hpp"

#include <algorithm>
#include <unordered_set>

namespace orch::actors {

namespace {

constexpr std::chrono::seconds minute_length{60};
constexpr std::chrono::seconds day_length{24 * 60 * 60};
/// Nobody knows when an open call ends.
constexpr std::chrono::seconds retry_when_busy{1};

std::chrono::seconds rest_of(monotonic_time begun, std::chrono::seconds length,
                             monotonic_time now) {
    const auto rest = std::chrono::ceil<std::chrono::seconds>(begun + length - now);
    return std::max(rest, std::chrono::seconds{1});
}

} // namespace

std::optional<std::chrono::seconds> key_ledger::wait(entry& of,
                                                     const model::key_limits& limits) const {
    const auto now = clock_.monotonic();
    std::optional<std::chrono::seconds> longest;
    const auto look = [&](window& at, std::chrono::seconds length, int most) {
        if (at.calls == 0 || now - at.begun >= length) {
            at = {now, 0};
        }
        if (most > 0 && at.calls >= most) {
            longest = std::max(longest.value_or(std::chrono::seconds{0}),
                               rest_of(at.begun, length, now));
        }
    };
    look(of.minute, minute_length, limits.calls_per_minute);
    look(of.day, day_length, limits.calls_per_day);
    if (!longest && limits.calls_at_once > 0 && *of.open >= limits.calls_at_once) {
        longest = retry_when_busy;
    }
    return longest;
}

key_ledger::verdict key_ledger::begin_call(const key_id& key, const model::key_limits& limits) {
    const std::lock_guard lock(*mutex_);
    auto& of = entries_[key];
    if (const auto longest = wait(of, limits)) {
        return {nullptr, longest};
    }
    ++of.minute.calls;
    ++of.day.calls;
    if (limits.calls_at_once == 0) {
        return {};
    }
    ++*of.open;
    return {call_permit(of.open.get(),
                        [open = of.open, mutex = mutex_](void*) {
                            const std::lock_guard end(*mutex);
                            --*open;
                        }),
            std::nullopt};
}

void key_ledger::note_use(const key_id& key, const std::string& address) {
    const auto now = clock_.wall();
    const std::lock_guard lock(*mutex_);
    auto& of = entries_[key];
    of.use.key = key;
    of.use.at = now;
    if (of.use.ip_address != address) {
        of.use.ip_address = address;
    }
    of.use_unsaved = true;
}

std::optional<storage::key_use> key_ledger::last_use(const key_id& key) const {
    const std::lock_guard lock(*mutex_);
    const auto found = entries_.find(key);
    return found == entries_.end() || found->second.use.key.is_nil()
               ? std::nullopt
               : std::optional(found->second.use);
}

std::vector<storage::key_use> key_ledger::take_uses(taking which) {
    const std::lock_guard lock(*mutex_);
    std::vector<storage::key_use> uses;
    for (auto& [key, of] : entries_) {
        const bool due = !of.stored_at || of.use.at - *of.stored_at >= stored_after;
        if (of.use_unsaved && (due || which == taking::all)) {
            uses.push_back(of.use);
            of.stored_at = of.use.at;
            of.use_unsaved = false;
        }
    }
    return uses;
}

void key_ledger::give_back(const std::vector<storage::key_use>& uses) {
    const std::lock_guard lock(*mutex_);
    for (const auto& use : uses) {
        if (const auto found = entries_.find(use.key); found != entries_.end()) {
            found->second.use_unsaved = true;
            found->second.stored_at.reset();
        }
    }
}

void key_ledger::keep_only(const std::vector<model::api_key>& keys) {
    std::unordered_set<key_id> known;
    for (const auto& key : keys) {
        known.insert(key.id);
    }
    const std::lock_guard lock(*mutex_);
    std::erase_if(entries_, [&](const auto& each) { return !known.contains(each.first); });
}

} // namespace orch::actors
