#pragma once

#include "core/clock.hpp"

#include <chrono>
#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace orch::api {

/// So many attempts at once; each comes back after its share of the window.
struct attempt_limit {
    std::size_t attempts;
    std::chrono::milliseconds window;
};

/// A token bucket for each key, in bounded memory: a bucket that is full again is as good as none
/// and goes; beyond the maximum the one that was used longest ago goes. Not thread-safe.
class attempt_buckets {
public:
    using duration = monotonic_time::duration;

    explicit attempt_buckets(std::size_t entries_max);

    /// How long until `key` may have another attempt; zero or less for now. Counts nothing.
    [[nodiscard]] duration wait(std::string_view key, const attempt_limit& limit,
                                monotonic_time now) const;
    void take(const std::string& key, const attempt_limit& limit, monotonic_time now);
    /// Undoes one `take`.
    void give_back(std::string_view key, const attempt_limit& limit);
    void forget(std::string_view key);
    [[nodiscard]] std::size_t size() const noexcept { return by_use_.size(); }

private:
    struct bucket {
        std::string key;
        /// When all attempts will have come back. All there is to know of a bucket.
        monotonic_time full_at;
    };

    void drop_oldest();

    std::size_t entries_max_;
    /// The one that was used longest ago stands first.
    std::list<bucket> by_use_;
    /// Its keys are those of the list.
    std::unordered_map<std::string_view, std::list<bucket>::iterator> index_;
};

} // namespace orch::api
