#include "storage/spool.hpp"
#include "storage/spool_directory.hpp"
#include "storage/spool_segment.hpp"

#include <optional>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

namespace orch::storage {

struct spool_reader::impl {
    std::string directory;
    segment_name name;
    std::shared_ptr<spool_usage> usage;
    std::optional<segment_cursor> cursor;
    /// Where the next read goes on.
    spool_position position;
    /// Where the last release was.
    spool_position released;
    /// Of the segments before the present one.
    std::uint64_t damaged_before = 0;
    std::uint64_t damaged_released = 0;

    [[nodiscard]] std::string path(std::uint64_t segment) const;
    [[nodiscard]] std::uint64_t damaged() const noexcept;
    result<bool> open_segment(const spool_position& end);
    result<std::uint64_t> limit(const spool_position& end) const;
    result<bool> read_one(const spool_position& end, const uuid& cutoff,
                          std::vector<model::call_record>& out);
    void leave_segment() noexcept;
    bool delete_segment(std::uint64_t segment);
};

std::string spool_reader::impl::path(std::uint64_t segment) const {
    return directory + '/' + segment_name{name.instance, name.unit, segment}.to_string();
}

std::uint64_t spool_reader::impl::damaged() const noexcept {
    return damaged_before + (cursor ? cursor->damaged() : 0);
}

/// False when the segment is lost and nothing of it can be read.
result<bool> spool_reader::impl::open_segment(const spool_position& end) {
    auto opened = segment_cursor::open(path(position.segment), position.offset);
    if (opened) {
        cursor.emplace(std::move(*opened));
        return true;
    }
    const errc code = opened.error().code;
    if (code != errc::not_found && code != errc::protocol_violation) {
        return opened.error();
    }
    ++damaged_before;
    if (position.segment < end.segment) {
        leave_segment();
    } else {
        position = end;
    }
    return false;
}

result<std::uint64_t> spool_reader::impl::limit(const spool_position& end) const {
    return position.segment == end.segment ? result<std::uint64_t>{end.offset} : cursor->size();
}

void spool_reader::impl::leave_segment() noexcept {
    damaged_before = damaged();
    cursor.reset();
    position = {position.segment + 1, 0};
}

/// One step: a record, or the way into the next segment. False when there is nothing to read now.
result<bool> spool_reader::impl::read_one(const spool_position& end, const uuid& cutoff,
                                          std::vector<model::call_record>& out) {
    if (!cursor) {
        const auto opened = open_segment(end);
        if (!opened) {
            return opened.error();
        }
        if (!*opened) {
            return position < end;
        }
    }
    const auto stop = limit(end);
    if (!stop) {
        return stop.error();
    }
    auto next = cursor->peek(*stop);
    position.offset = cursor->offset();
    if (!next) {
        return next.error();
    }
    if (!*next) {
        const bool finished = position.segment < end.segment;
        if (finished) {
            leave_segment();
        }
        return finished;
    }
    if ((*next)->id > cutoff) {
        return false;
    }
    out.push_back(std::move(**next));
    cursor->advance();
    position.offset = cursor->offset();
    return true;
}

bool spool_reader::impl::delete_segment(std::uint64_t segment) {
    const std::string target = path(segment);
    struct stat status {};
    if (::stat(target.c_str(), &status) != 0 || ::unlink(target.c_str()) != 0) {
        return false;
    }
    usage->subtract(static_cast<std::uint64_t>(status.st_size));
    return true;
}

result<spool_reader> spool_reader::open(const spool_options& options, const instance_id& instance,
                                        std::size_t unit, std::shared_ptr<spool_usage> usage) {
    auto made = std::make_unique<impl>();
    made->directory = options.directory;
    made->name = {instance.value, unit, 0};
    made->usage = usage ? std::move(usage) : std::make_shared<spool_usage>(options.bytes_max);
    for (const auto& segment : list_segments(options.directory)) {
        if (segment.name.instance == instance.value && segment.name.unit == unit) {
            made->position.segment = segment.name.segment;
            break;
        }
    }
    made->released = made->position;
    return spool_reader(std::move(made));
}

spool_reader::spool_reader(std::unique_ptr<impl> made) : impl_(std::move(made)) {}
spool_reader::spool_reader(spool_reader&&) noexcept = default;
spool_reader::~spool_reader() = default;

result<void> spool_reader::read(const spool_position& end, const uuid& cutoff,
                                std::size_t count_max, std::vector<model::call_record>& out) {
    const std::size_t size_max = out.size() + count_max;
    while (out.size() < size_max && impl_->position < end) {
        const auto more = impl_->read_one(end, cutoff, out);
        if (!more) {
            return more.error();
        }
        if (!*more) {
            break;
        }
    }
    return {};
}

void spool_reader::release() {
    for (auto old = impl_->released.segment; old < impl_->position.segment; ++old) {
        impl_->delete_segment(old);
    }
    impl_->released = impl_->position;
    impl_->damaged_released = impl_->damaged();
}

void spool_reader::rewind() {
    impl_->cursor.reset();
    impl_->position = impl_->released;
    impl_->damaged_before = impl_->damaged_released;
}

bool spool_reader::finish(const spool_position& end) {
    if (impl_->released < end) {
        return false;
    }
    impl_->cursor.reset();
    return impl_->delete_segment(impl_->released.segment);
}

std::uint64_t spool_reader::damaged() const noexcept { return impl_->damaged(); }

} // namespace orch::storage
