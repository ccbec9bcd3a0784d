#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <utility>

namespace orch::actors {

/// A place in the queue of the password actor. It travels with the message and is free again when
/// the last copy is gone: after the work, or when the message is dropped.
class password_ticket {
public:
    /// Whether there was a place.
    explicit operator bool() const noexcept { return place_ != nullptr; }

private:
    // Only the gate makes them, so that no message can go around it.
    friend class password_gate;
    explicit password_ticket(std::shared_ptr<const void> place) noexcept
        : place_(std::move(place)) {}

    std::shared_ptr<const void> place_;
};

/// Bounds how many passwords wait for the password actor, the one at work included. The sender
/// enters before it sends; at the default cost a full queue is about 10 s of work.
/// Thread-safe. Tickets may outlive it.
class password_gate {
public:
    /// For `Retry-After` when the gate is full.
    static constexpr std::chrono::seconds retry_after{5};

    explicit password_gate(std::size_t waiting_max = 32);

    /// An empty ticket when the queue is full: answer 503. The actor would refuse it.
    [[nodiscard]] password_ticket enter();
    [[nodiscard]] std::size_t waiting() const noexcept { return waiting_->load(); }

private:
    std::size_t waiting_max_;
    std::shared_ptr<std::atomic<std::size_t>> waiting_;
};

} // namespace orch::actors
