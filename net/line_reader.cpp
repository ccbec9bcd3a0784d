#include "net/line_reader.hpp"

#include "core/byte_sizes.hpp"

#include <algorithm>
#include <utility>

namespace orch::net {

namespace {

constexpr std::size_t long_line = 32 * kib;

} // namespace

std::optional<line_reader::line> line_reader::take(std::string_view& rest) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) {
        keep(std::exchange(rest, {}));
        return std::nullopt;
    }
    keep(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    return complete();
}

std::optional<line_reader::line> line_reader::finish() {
    return seen_ == 0 ? std::nullopt : std::optional{complete()};
}

bool line_reader::is_discarding() const noexcept {
    return policy_ == overflow::discard && seen_ > line_bytes_max_;
}

void line_reader::keep(std::string_view bytes) {
    seen_ += bytes.size();
    if (is_discarding()) {
        partial_ = std::string{};
        return;
    }
    const auto kept = bytes.substr(0, line_bytes_max_ - partial_.size());
    reserve(partial_.size() + kept.size());
    partial_.append(kept);
}

void line_reader::reserve(std::size_t bytes) {
    const std::size_t needed = bytes + line_padding;
    if (partial_.capacity() >= needed) {
        return;
    }
    // std::string::reserve would round up past the limit.
    // A long line is often as long as the one before it. What is not written to takes no memory.
    const bool is_long = partial_.size() >= long_line;
    const std::size_t guess = std::max(2 * partial_.size(), is_long ? last_size_ : 0);
    std::string larger;
    larger.reserve(std::max(needed, std::min(guess, line_bytes_max_) + line_padding));
    larger.append(partial_);
    partial_.swap(larger);
}

line_reader::line line_reader::complete() {
    line done;
    if (is_discarding()) {
        done.discarded_bytes = seen_;
    } else {
        // An empty line has not reserved anything yet.
        reserve(partial_.size());
        last_size_ = partial_.size();
        done.text = std::move(partial_);
        if (seen_ == done.text.size() && done.text.ends_with('\r')) {
            done.text.pop_back();
        }
    }
    partial_ = std::string{};
    seen_ = 0;
    return done;
}

} // namespace orch::net
