#pragma once

#include "core/byte_sizes.hpp"
#include "core/clock.hpp"

#include <cstddef>
#include <utility>

namespace orch::actors {

/// Stands between the pipes of a child and the mailbox of its actor, which has no bound of its
/// own: lines of stderr and noise pass at a limited rate, and a child whose answers outrun the
/// actor is found out. Lives on one unit; shared by the callbacks of a child and its actor.
class output_gate {
public:
    struct limits {
        std::size_t notes_per_second = 100;
        std::size_t waiting_lines_max = 20'000;
        std::size_t waiting_bytes_max = 256 * mib;
    };

    output_gate(const clock_source& clock, limits bounds) : clock_(clock), limits_(bounds) {}

    /// Whether one more line of stderr or noise may be noted; counts those that may not.
    [[nodiscard]] bool admit_note();
    /// The lines left out since the last time, once their second is over.
    [[nodiscard]] std::size_t take_skipped();
    /// The same at the end of a life, when no second is waited for.
    [[nodiscard]] std::size_t take_last_skipped() noexcept { return std::exchange(skipped_, 0); }

    /// A line of `bytes` goes to the mailbox. False: too much waits there already.
    [[nodiscard]] bool enter(std::size_t bytes) noexcept;
    /// True the first time it is asked: the actor needs to hear of a flood once, not per line.
    [[nodiscard]] bool trip() noexcept { return !std::exchange(tripped_, true); }
    /// The actor took such a line out.
    void leave(std::size_t bytes) noexcept;

private:
    const clock_source& clock_;
    const limits limits_;
    monotonic_time window_{};
    std::size_t noted_ = 0;
    std::size_t skipped_ = 0;
    std::size_t waiting_lines_ = 0;
    std::size_t waiting_bytes_ = 0;
    bool tripped_ = false;
};

} // namespace orch::actors
