#include "actors/output_gate.hpp"

#include <algorithm>
#include <utility>

namespace orch::actors {

bool output_gate::admit_note() {
    const auto now = clock_.monotonic();
    if (now - window_ >= std::chrono::seconds(1)) {
        window_ = now;
        noted_ = 0;
    }
    if (noted_ < limits_.notes_per_second) {
        ++noted_;
        return true;
    }
    ++skipped_;
    return false;
}

std::size_t output_gate::take_skipped() {
    const bool over = clock_.monotonic() - window_ >= std::chrono::seconds(1);
    return over ? std::exchange(skipped_, 0) : 0;
}

bool output_gate::enter(std::size_t bytes) noexcept {
    if (waiting_lines_ >= limits_.waiting_lines_max ||
        waiting_bytes_ >= limits_.waiting_bytes_max) {
        return false;
    }
    ++waiting_lines_;
    waiting_bytes_ += bytes;
    return true;
}

void output_gate::leave(std::size_t bytes) noexcept {
    --waiting_lines_;
    waiting_bytes_ -= std::min(waiting_bytes_, bytes);
}

} // namespace orch::actors
