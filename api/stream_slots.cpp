#include "api/stream_slots.hpp"

namespace orch::api {

stream_slots::stream_slots(std::size_t most, std::size_t most_of_one)
    : most_(most), most_of_one_(most_of_one) {}

std::shared_ptr<void> stream_slots::take(const std::string& principal) {
    const std::lock_guard lock(taken_->mutex);
    const auto held = taken_->of_one.find(principal);
    if (taken_->total >= most_ || (held != taken_->of_one.end() && held->second >= most_of_one_)) {
        return nullptr;
    }
    ++taken_->total;
    ++taken_->of_one[principal];
    return {taken_.get(), [taken = taken_, principal](void*) {
                const std::lock_guard giving_back(taken->mutex);
                --taken->total;
                const auto one = taken->of_one.find(principal);
                if (--one->second == 0) {
                    taken->of_one.erase(one);
                }
            }};
}

} // namespace orch::api
