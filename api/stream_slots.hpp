#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

namespace orch::api {

/// How many long answers of one kind are open at once. Callable from any thread.
class stream_slots {
public:
    explicit stream_slots(std::size_t most) : most_(most) {}

    /// Held until the answer has ended; null when all are taken.
    [[nodiscard]] std::shared_ptr<void> take();

private:
    const std::size_t most_;
    /// Shared with the slots, which may outlive this.
    std::shared_ptr<std::atomic<std::size_t>> taken_ = std::make_shared<std::atomic<std::size_t>>(
        0);
};

} // namespace orch::api
