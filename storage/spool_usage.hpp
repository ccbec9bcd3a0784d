#pragma once

#include <atomic>
#include <cstdint>

namespace orch::storage {

/// How much the spool holds, shared by the writers that add and the readers that delete. Cheap
/// enough to be asked before every call; callable from any thread.
///
/// The limit is soft: it stops new calls, but the outcome of a call that already ran is still
/// written, so the spool can grow past it by what is in flight.
class spool_usage {
public:
    explicit spool_usage(std::uint64_t bytes_max) noexcept : bytes_max_(bytes_max) {}

    [[nodiscard]] bool full() const noexcept {
        return bytes() >= bytes_max_ || stalled_writers_.load(std::memory_order_relaxed) != 0;
    }
    [[nodiscard]] std::uint64_t bytes() const noexcept {
        return bytes_.load(std::memory_order_relaxed);
    }

    void add(std::uint64_t bytes) noexcept { bytes_.fetch_add(bytes, std::memory_order_relaxed); }
    /// Stops at zero: a reader may delete what another counter was told of.
    void subtract(std::uint64_t bytes) noexcept {
        std::uint64_t seen = bytes_.load(std::memory_order_relaxed);
        while (!bytes_.compare_exchange_weak(seen, seen > bytes ? seen - bytes : 0,
                                             std::memory_order_relaxed)) {
        }
    }
    /// A writer's last flush failed, or worked again.
    void writer_stalled() noexcept { stalled_writers_.fetch_add(1, std::memory_order_relaxed); }
    void writer_recovered() noexcept { stalled_writers_.fetch_sub(1, std::memory_order_relaxed); }

private:
    const std::uint64_t bytes_max_;
    std::atomic<std::uint64_t> bytes_{0};
    std::atomic<std::uint32_t> stalled_writers_{0};
};

} // namespace orch::storage
