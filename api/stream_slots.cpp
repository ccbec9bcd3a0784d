#include "api/stream_slots.hpp"

namespace orch::api {

std::shared_ptr<void> stream_slots::take() {
    if (taken_->fetch_add(1) >= most_) {
        taken_->fetch_sub(1);
        return nullptr;
    }
    return {taken_.get(), [taken = taken_](void*) {
                taken->fetch_sub(1);
            }};
}

} // namespace orch::api
