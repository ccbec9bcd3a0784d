#include "api/identity/attempt_buckets.hpp"

#include <algorithm>
#include <cassert>

namespace orch::api {

namespace {

/// After how long one attempt comes back.
attempt_buckets::duration share(const attempt_limit& limit) {
    assert(limit.attempts > 0);
    return attempt_buckets::duration(limit.window) /
           static_cast<attempt_buckets::duration::rep>(limit.attempts);
}

} // namespace

attempt_buckets::attempt_buckets(std::size_t entries_max) : entries_max_(entries_max) {
    assert(entries_max > 0);
}

attempt_buckets::duration attempt_buckets::wait(std::string_view key, const attempt_limit& limit,
                                                monotonic_time now) const {
    const auto found = index_.find(key);
    const auto full_at = found == index_.end() ? now : std::max(found->second->full_at, now);
    return full_at + share(limit) - limit.window - now;
}

void attempt_buckets::take(const std::string& key, const attempt_limit& limit, monotonic_time now) {
    while (!by_use_.empty() && by_use_.front().full_at <= now) {
        drop_oldest();
    }
    const auto found = index_.find(key);
    if (found != index_.end()) {
        by_use_.splice(by_use_.end(), by_use_, found->second);
    } else {
        if (by_use_.size() >= entries_max_) {
            drop_oldest();
        }
        by_use_.push_back({key, now});
        index_.emplace(by_use_.back().key, std::prev(by_use_.end()));
    }
    auto& full_at = by_use_.back().full_at;
    full_at = std::max(full_at, now) + share(limit);
}

void attempt_buckets::give_back(std::string_view key, const attempt_limit& limit) {
    const auto found = index_.find(key);
    if (found != index_.end()) {
        found->second->full_at -= share(limit);
    }
}

void attempt_buckets::forget(std::string_view key) {
    const auto found = index_.find(key);
    if (found != index_.end()) {
        const auto forgotten = found->second;
        index_.erase(found);
        by_use_.erase(forgotten);
    }
}

void attempt_buckets::drop_oldest() {
    index_.erase(by_use_.front().key);
    by_use_.pop_front();
}

} // namespace orch::api
