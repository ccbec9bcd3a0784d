#include "net/line_reader.hpp"

#include <algorithm>
#include <utility>

namespace orch::net {

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
    const std::size_t doubled = std::min(2 * partial_.size(), line_bytes_max_ + line_padding);
    std::string larger;
    larger.reserve(std::max(needed, doubled));
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
