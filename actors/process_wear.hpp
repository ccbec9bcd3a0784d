#pragma once

#include "actors/options.hpp"
#include "core/clock.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace orch::actors {

/// When a process has done enough and should give way to a fresh one: `process_calls_max`,
/// `process_age_max` and `process_memory_max`. Pure; used by one server actor.
class process_wear {
public:
    /// Reads the memory of the process, in bytes.
    using memory_reader = std::function<std::uint64_t()>;

    explicit process_wear(const actor_options& options) : options_(options) {}

    /// A process starts; `requests` were sent to the ones before it.
    void born(monotonic_time now, std::uint64_t requests) noexcept;
    /// Why it should give way, in words; empty while it need not. `requests` counts on from `born`.
    /// Memory is read every `memory_interval`.
    [[nodiscard]] std::string reason(monotonic_time now, std::uint64_t requests,
                                     const memory_reader& memory);

    static constexpr std::chrono::seconds memory_interval{10};

private:
    const actor_options& options_;
    monotonic_time born_{};
    monotonic_time memory_read_{};
    std::uint64_t requests_before_ = 0;
};

} // namespace orch::actors
