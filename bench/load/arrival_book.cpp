#include "bench/load/arrival_book.hpp"

#include <algorithm>

namespace orch::bench {

void arrival_book::published(time_point now) {
    has_it_.assign(has_it_.size(), false);
    waiting_ = has_it_.size();
    published_ = now;
    ++events_;
}

void arrival_book::arrived(std::size_t stream, time_point now) {
    if (waiting_ == 0 || has_it_.at(stream)) {
        ++duplicates_;
        return;
    }
    has_it_[stream] = true;
    arrivals_.add(now - published_);
    if (--waiting_ == 0) {
        last_.push_back(now - published_);
    }
}

void arrival_book::give_up() noexcept {
    missing_ += waiting_;
    waiting_ = 0;
}

std::chrono::nanoseconds arrival_book::median_of_last() const {
    if (last_.empty()) {
        return {};
    }
    auto sorted = last_;
    std::sort(sorted.begin(), sorted.end());
    return sorted[sorted.size() / 2];
}

} // namespace orch::bench
