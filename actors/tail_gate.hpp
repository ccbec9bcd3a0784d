#pragma once

#include <atomic>
#include <cstddef>

namespace orch::actors {

/// Stands between a writer of rows and the tail that shows them to watchers: how much is on its way
/// from one to the other. Rows without a watcher, and rows for which there is no room, are not
/// handed over; the tail reads the latter from the database. Callable from any thread.
class tail_gate {
public:
    /// What a gate is until its writer opens it.
    enum class beginning { open, closed };
    explicit tail_gate(std::size_t bytes_max, beginning state = beginning::open)
        : bytes_max_(bytes_max), open_(state == beginning::open) {}

    /// Whether rows are stored in the order of their ids from now on: before that, a place in the
    /// log says nothing of what is behind it, and nobody begins to watch.
    [[nodiscard]] bool is_open() const noexcept { return open_; }
    void open() noexcept { open_ = true; }

    /// Whether anybody watches. A writer asks after it stored its rows: who comes later finds them
    /// stored.
    [[nodiscard]] bool is_watched() const noexcept { return watched_; }
    void set_watched(bool watched) noexcept { watched_ = watched; }

    enum class verdict {
        passed, ///< the room is taken until `release`
        tell,   ///< no room: tell the tail that it misses rows
        silent  ///< no room, and the tail knows it already
    };
    [[nodiscard]] verdict admit(std::size_t bytes) noexcept;
    void release(std::size_t bytes) noexcept { bytes_ -= bytes; }
    /// The tail reads what it missed.
    void heard() noexcept { told_ = false; }

private:
    const std::size_t bytes_max_;
    std::atomic<bool> open_;
    std::atomic<std::size_t> bytes_{0};
    std::atomic<bool> watched_{false};
    std::atomic<bool> told_{false};
};

} // namespace orch::actors
