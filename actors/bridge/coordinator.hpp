#pragma once

#include "actors/bridge/io_unit.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/detail/thread_safe_actor_clock.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace orch::actors::bridge {

/// Who runs the loops of the units.
enum class unit_threads { own, caller };

/// The only configuration of the actor system; reads neither files nor the command line.
class system_config : public caf::actor_system_config {
public:
    system_config(std::size_t units, unit_threads threads, const clock_source& clock);

    const std::size_t unit_count;
    const unit_threads threads;
    const clock_source& clock;
};

/// Takes the place of CAF's scheduler: no worker threads, actors run on the io units (ADR 0005).
/// Also owns the thread of CAF's clock, which only control-plane time-outs use.
class coordinator final : public caf::scheduler::abstract_coordinator {
public:
    explicit coordinator(caf::actor_system& system);
    static caf::actor_system::module* make(caf::actor_system& system,
                                           caf::detail::type_list<> /*none*/);
    /// The coordinator of a system that was configured with `system_config`.
    [[nodiscard]] static coordinator& of(caf::actor_system& system);

    void init(caf::actor_system_config& config) override;
    void start() override;
    void stop() override;
    void enqueue(caf::resumable* job) override;
    caf::actor_clock& clock() noexcept override { return clock_; }

    [[nodiscard]] std::size_t unit_count() const noexcept { return units_.size(); }
    [[nodiscard]] io_unit& unit(std::size_t index) { return *units_[index]; }

private:
    std::vector<std::unique_ptr<io_unit>> units_;
    std::vector<std::thread> threads_;
    std::thread clock_thread_;
    caf::detail::thread_safe_actor_clock clock_;
    std::atomic<std::size_t> round_robin_{0};
};

} // namespace orch::actors::bridge
