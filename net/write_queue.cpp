#include "net/write_queue.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <sys/uio.h>

namespace orch::net {
namespace {

constexpr std::size_t entries_per_call_max = 128;
constexpr int calls_per_turn_max = 8;

} // namespace

bool write_queue::push(std::string bytes) {
    if (bytes.size() > bytes_max_ - bytes_) {
        return false;
    }
    bytes_ += bytes.size();
    entries_.push_back(std::move(bytes));
    return true;
}

write_queue::outcome write_queue::write_to(int fd) {
    for (int call = 0; call < calls_per_turn_max && !entries_.empty(); ++call) {
        std::array<iovec, entries_per_call_max> parts;
        const auto count = std::min(entries_.size(), parts.size());
        for (std::size_t at = 0; at < count; ++at) {
            parts[at] = {entries_[at].data(), entries_[at].size()};
        }
        parts[0] = {entries_[0].data() + offset_, entries_[0].size() - offset_};
        const auto written = ::writev(fd, parts.data(), static_cast<int>(count));
        if (written >= 0) {
            consume(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            return outcome::blocked;
        } else if (errno != EINTR) {
            return outcome::broken;
        }
    }
    return entries_.empty() ? outcome::drained : outcome::yielded;
}

void write_queue::consume(std::size_t written) {
    bytes_ -= written;
    written += offset_;
    while (!entries_.empty() && written >= entries_.front().size()) {
        written -= entries_.front().size();
        entries_.pop_front();
    }
    offset_ = written;
}

void write_queue::clear() noexcept {
    entries_.clear();
    offset_ = 0;
    bytes_ = 0;
}

} // namespace orch::net
