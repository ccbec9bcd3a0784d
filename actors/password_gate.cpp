#include "actors/password_gate.hpp"

namespace orch::actors {

password_gate::password_gate(std::size_t waiting_max)
    : waiting_max_(waiting_max), waiting_(std::make_shared<std::atomic<std::size_t>>(0)) {}

password_ticket password_gate::enter() {
    auto waiting = waiting_->load();
    do {
        if (waiting >= waiting_max_) {
            return password_ticket(nullptr);
        }
    } while (!waiting_->compare_exchange_weak(waiting, waiting + 1));
    return password_ticket(std::shared_ptr<const void>(
        waiting_.get(), [counter = waiting_](const void*) { counter->fetch_sub(1); }));
}

} // namespace orch::actors
