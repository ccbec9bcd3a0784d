#include "storage/spool_segment.hpp"

#include "core/byte_sizes.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace orch::storage {

namespace {

constexpr std::size_t window_bytes = 256 * kib;

} // namespace

spool_file::~spool_file() {
    if (is_open()) {
        ::close(descriptor_);
    }
}

result<void> spool_file::read_at(std::uint64_t offset, std::size_t size, std::string& out) const {
    out.resize(size);
    std::size_t have = 0;
    while (have < size) {
        const auto got = ::pread(descriptor_, out.data() + have, size - have,
                                 static_cast<off_t>(offset + have));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            const int number = errno;
            out.clear();
            return errno_error("reading a spool segment", number);
        }
        if (got == 0) {
            break;
        }
        have += static_cast<std::size_t>(got);
    }
    out.resize(have);
    return {};
}

result<std::uint64_t> spool_file::size() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) {
        return errno_error("size of a spool segment", errno);
    }
    return static_cast<std::uint64_t>(status.st_size);
}

result<segment_cursor> segment_cursor::open(const std::string& path, std::uint64_t offset) {
    spool_file file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file.is_open()) {
        const int number = errno;
        auto failure = errno_error("opening " + path, number);
        failure.code = number == ENOENT ? errc::not_found : failure.code;
        return failure;
    }
    std::string header;
    if (auto done = file.read_at(0, segment_header_bytes, header); !done) {
        return done.error();
    }
    const auto seal = parse_segment_header(header);
    if (!seal) {
        return error{seal.error().code, path + ": " + seal.error().detail};
    }
    return segment_cursor(std::move(file), *seal,
                          std::max<std::uint64_t>(offset, segment_header_bytes));
}

result<std::optional<model::call_record>> segment_cursor::peek(std::uint64_t limit) {
    using outcome = std::optional<model::call_record>;
    for (;;) {
        const auto next = next_frame(limit);
        if (!next) {
            return next.error();
        }
        if (!*next) {
            return outcome{};
        }
        auto record = decode_record(**next);
        if (!record && record.error().code == errc::not_implemented) {
            return record.error();
        }
        const bool wanted = (*next)->kind == static_cast<std::uint8_t>(record_kind::outcome);
        if (record && wanted) {
            peeked_bytes_ = (*next)->size;
            return outcome{std::move(*record)};
        }
        damaged_ += record ? 0 : 1;
        offset_ += (*next)->size;
    }
}

result<std::optional<frame>> segment_cursor::next_frame(std::uint64_t limit) {
    while (offset_ < limit) {
        const frame next = parse_frame(in_window(limit), seal_);
        if (next.state == frame_state::whole) {
            lost_ = false;
            return std::optional{next};
        }
        if (next.state != frame_state::incomplete) {
            step_over(next);
            continue;
        }
        const auto loaded = load(next.size, limit);
        if (!loaded) {
            return loaded.error();
        }
        if (!*loaded) {
            // A torn tail: the writer died, or could not cut off what it had half written.
            offset_ = limit;
        }
    }
    return std::optional<frame>{};
}

std::string_view segment_cursor::in_window(std::uint64_t limit) const noexcept {
    if (offset_ < window_start_ || offset_ > window_start_ + window_.size()) {
        return {};
    }
    const std::string_view rest = std::string_view(window_).substr(offset_ - window_start_);
    return rest.substr(0, std::min<std::uint64_t>(rest.size(), limit - offset_));
}

result<bool> segment_cursor::load(std::size_t wanted, std::uint64_t limit) {
    const std::uint64_t available = limit - offset_;
    if (wanted > available) {
        return false;
    }
    const std::size_t size = std::min<std::uint64_t>(std::max(wanted, window_bytes), available);
    window_start_ = offset_;
    if (auto done = file_.read_at(offset_, size, window_); !done) {
        return done.error();
    }
    if (window_.size() < wanted) {
        // Somebody cut the file: everything before the limit was written once.
        ++damaged_;
        return false;
    }
    return true;
}

void segment_cursor::step_over(const frame& damage) noexcept {
    const bool headless = damage.state == frame_state::bad_header;
    if (!headless || !lost_) {
        ++damaged_;
    }
    lost_ = headless;
    offset_ += damage.size;
}

} // namespace orch::storage
