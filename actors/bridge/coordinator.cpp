#include "actors/bridge/coordinator.hpp"

#include <caf/detail/set_thread_name.hpp>

namespace orch::actors::bridge {

system_config::system_config(std::size_t units, unit_threads run_by, const clock_source& time)
    : unit_count(units), threads(run_by), clock(time) {
    set("scheduler.max-threads", units);
    load<coordinator>();
}

coordinator::coordinator(caf::actor_system& system) : abstract_coordinator(system) {}

caf::actor_system::module* coordinator::make(caf::actor_system& system,
                                             caf::detail::type_list<> /*none*/) {
    return new coordinator(system);
}

coordinator& coordinator::of(caf::actor_system& system) {
    return static_cast<coordinator&>(system.scheduler());
}

void coordinator::init(caf::actor_system_config& config) {
    abstract_coordinator::init(config);
    const auto& ours = static_cast<const system_config&>(config);
    for (std::size_t index = 0; index < ours.unit_count; ++index) {
        units_.push_back(std::make_unique<io_unit>(system(), index, ours.clock));
    }
}

void coordinator::start() {
    const auto& ours = static_cast<const system_config&>(system().config());
    if (ours.threads == unit_threads::own) {
        for (const auto& unit : units_) {
            threads_.emplace_back([this, &unit = *unit] {
                caf::detail::set_thread_name("orch.io");
                system().thread_started();
                unit.run();
                system().thread_terminates();
            });
        }
    }
    clock_thread_ = std::thread([this] {
        caf::detail::set_thread_name("orch.clock");
        clock_.run_dispatch_loop();
    });
    abstract_coordinator::start();
}

void coordinator::stop() {
    stop_actors();
    for (const auto& unit : units_) {
        unit->stop();
    }
    for (auto& thread : threads_) {
        thread.join();
    }
    for (const auto& unit : units_) {
        unit->finish();
    }
    clock_.cancel_dispatch_loop();
    clock_thread_.join();
}

void coordinator::enqueue(caf::resumable* job) {
    const std::size_t turn = round_robin_.fetch_add(1, std::memory_order_relaxed);
    units_[turn % units_.size()]->pin().exec_later(job);
}

} // namespace orch::actors::bridge
