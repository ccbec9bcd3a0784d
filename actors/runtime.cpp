#include "actors/runtime.hpp"

#include "core/byte_sizes.hpp"

namespace orch::actors {

namespace {

/// Of rows on their way from their writer to the tail.
constexpr std::size_t tail_bytes_max = 32 * mib;

} // namespace

runtime::runtime(runtime_options given, const clock_source& time, crypto::secret_box opened_box)
    : options(std::move(given)), clock(time), box(std::move(opened_box)),
      instance(instance_id::random()),
      sessions(options.actors.sessions_max, options.actors.sessions_of_principal_max), logins(time),
      keys(time), spool_usage(std::make_shared<storage::spool_usage>(options.spool.bytes_max)),
      log_state(std::make_shared<call_log_state>()),
      call_gate(std::make_shared<tail_gate>(tail_bytes_max, tail_gate::beginning::closed)),
      server_log_gate(std::make_shared<tail_gate>(tail_bytes_max)) {}

runtime::~runtime() {
    recorders.clear();
    finish_lanes(lanes, options.spool, instance);
}

std::string runtime::condition() const {
    const std::lock_guard lock(condition_mutex_);
    return condition_;
}

void runtime::set_state(readiness next, std::string condition) {
    {
        const std::lock_guard lock(condition_mutex_);
        condition_ = std::move(condition);
        state_.store(next, std::memory_order_release);
    }
    changed_.notify_all();
}

bool runtime::wait_while(readiness state, std::chrono::milliseconds longest) const {
    std::unique_lock lock(condition_mutex_);
    return changed_.wait_for(lock, longest, [&] { return state_.load() != state; });
}

bool runtime::database_up() const { return log_state->database_up(clock.monotonic()); }

bool runtime::refusing_calls() const noexcept {
    return options.spool.when_full == storage::full_spool_policy::refuse && spool_usage->full();
}

void runtime::close() {
    board.clear_actors();
    if (database) {
        database->close();
    }
}

} // namespace orch::actors
