#include "net/read_buffer.hpp"

#include "core/byte_sizes.hpp"

#include <algorithm>
#include <cstring>

namespace orch::net {
namespace {

constexpr std::size_t initial_capacity = 4 * kib;
constexpr std::size_t kept_capacity = 16 * kib;

} // namespace

std::span<char> read_buffer::free_space() noexcept {
    compact();
    return {storage_.get() + end_, capacity_ - end_};
}

std::span<char> read_buffer::prepare(std::size_t wanted) {
    compact();
    if (end_ == capacity_ || (end_ == 0 && wanted > capacity_)) {
        const auto larger = std::max({initial_capacity, capacity_ * 2, wanted});
        const auto capacity = std::min(larger, bytes_max_);
        if (capacity > capacity_) {
            reallocate(capacity);
        }
    }
    return {storage_.get() + end_, capacity_ - end_};
}

void read_buffer::shrink() noexcept {
    if (begin_ == end_ && capacity_ > kept_capacity) {
        storage_.reset();
        capacity_ = begin_ = end_ = 0;
    }
}

void read_buffer::compact() noexcept {
    if (begin_ > 0) {
        std::memmove(storage_.get(), storage_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
}

void read_buffer::reallocate(std::size_t capacity) {
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    std::copy_n(storage_.get(), end_, larger.get());
    storage_ = std::move(larger);
    capacity_ = capacity;
}

} // namespace orch::net
