#include "actors/runtime.hpp"

namespace orch::actors {

runtime::runtime(runtime_options given, const clock_source& time, crypto::secret_box opened_box)
    : options(std::move(given)), clock(time), box(std::move(opened_box)),
      instance(instance_id::random()), sessions(options.actors.sessions_max),
      spool_usage(std::make_shared<storage::spool_usage>(options.spool.bytes_max)),
      log_state(std::make_shared<call_log_state>()) {}

std::string runtime::condition() const {
    const std::lock_guard lock(condition_mutex_);
    return condition_;
}

void runtime::set_state(readiness next, std::string condition) {
    {
        const std::lock_guard lock(condition_mutex_);
        condition_ = std::move(condition);
    }
    state_.store(next, std::memory_order_release);
}

void runtime::release() {
    board.clear_actors();
    for (const auto& recorder : recorders) {
        recorder->detach();
    }
    if (servers) {
        servers->server_log_writer = nullptr;
    }
    if (clients) {
        clients->session_writer = nullptr;
    }
    registry_writer = nullptr;
    metrics = nullptr;
    refresh = nullptr;
    database.reset();
}

} // namespace orch::actors
