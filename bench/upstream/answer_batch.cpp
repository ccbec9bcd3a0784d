#include "bench/upstream/answer_batch.hpp"

#include "core/byte_sizes.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>

#include <sys/uio.h>

namespace orch::bench {

namespace {

/// As much as a pipe takes, and little enough to stay in the cache.
constexpr std::size_t filler_piece = 64 * kib;
constexpr std::size_t pieces_per_write = 64;

std::string_view filler_text() {
    static const std::string text(filler_piece, 'x');
    return text;
}

/// Takes what was written off the front.
std::span<std::string_view> rest_of(std::span<std::string_view> pieces, std::size_t written) {
    while (!pieces.empty() && written >= pieces.front().size()) {
        written -= pieces.front().size();
        pieces = pieces.subspan(1);
    }
    if (!pieces.empty()) {
        pieces.front().remove_prefix(written);
    }
    return pieces;
}

} // namespace

void answer_batch::append_filler(std::size_t bytes) { fillers_.push_back({text_.size(), bytes}); }

bool answer_batch::write_to(int descriptor) {
    auto all = pieces();
    std::span<std::string_view> rest = all;
    while (!rest.empty()) {
        std::array<iovec, pieces_per_write> parts{};
        const auto count = std::min(rest.size(), parts.size());
        for (std::size_t i = 0; i < count; ++i) {
            parts[i] = {const_cast<char*>(rest[i].data()), rest[i].size()};
        }
        const auto written = ::writev(descriptor, parts.data(), static_cast<int>(count));
        if (written < 0 && errno != EINTR) {
            return false;
        }
        rest = rest_of(rest, static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    text_.clear();
    fillers_.clear();
    return true;
}

std::string answer_batch::joined() const {
    std::string all;
    for (const auto piece : pieces()) {
        all += piece;
    }
    return all;
}

std::vector<std::string_view> answer_batch::pieces() const {
    std::vector<std::string_view> found;
    std::size_t begin = 0;
    const auto add_text = [&](std::size_t end) {
        if (end > begin) {
            found.push_back(std::string_view(text_).substr(begin, end - begin));
            begin = end;
        }
    };
    for (const auto& each : fillers_) {
        add_text(each.before);
        for (auto left = each.bytes; left > 0; left -= found.back().size()) {
            found.push_back(filler_text().substr(0, left));
        }
    }
    add_text(text_.size());
    return found;
}

} // namespace orch::bench
