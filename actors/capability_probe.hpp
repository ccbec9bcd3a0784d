#pragma once

#include "core/clock.hpp"

#include <caf/actor.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace orch::actors {

/// The course of one look at whether a server needs its client: a process that is told that its
/// client can be asked for everything, and what was seen of it. Pure; used by one server actor.
class capability_probe {
public:
    enum class state {
        none,
        running,  ///< its process is to be watched
        watching, ///< it has listed all; what it asks by itself comes soon after
        ending    ///< its process is told to end
    };
    struct verdict {
        bool needs_client = false;
        /// What the server did; empty for nothing.
        std::string seen;
    };

    /// How long a server may take to ask by itself.
    static constexpr std::chrono::seconds watch_time{1};
    /// Of the whole: a check that waits for it is not late.
    static constexpr std::chrono::seconds patience{20};

    void begin(const caf::actor& process, monotonic_time now);
    /// The server asks, or lists other things: that settles it.
    void found(std::string what);
    /// It is `ready`: it has started and listed all, or else it failed.
    void started(const caf::actor& process, bool ready, monotonic_time now);
    /// Nobody wants to know any more. True when there is a process to be ended.
    [[nodiscard]] bool give_up();
    /// True when its process is to be ended now.
    [[nodiscard]] bool due(monotonic_time now);
    /// A process is gone. True when it was the one of a probe that ended.
    [[nodiscard]] bool over();
    /// Of the one that ended last; absent when it was given up or told nothing.
    [[nodiscard]] const std::optional<verdict>& outcome() const noexcept { return verdict_; }

    [[nodiscard]] bool idle() const noexcept { return state_ == state::none; }
    /// Whether the server did not start for one: it is not tried again in this run.
    [[nodiscard]] bool failed() const noexcept { return failed_; }

private:
    state state_ = state::none;
    caf::actor process_;
    monotonic_time until_{};
    std::optional<verdict> verdict_;
    bool failed_ = false;
};

} // namespace orch::actors
