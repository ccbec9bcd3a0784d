#include "core/byte_sizes.hpp"
#include "storage/spool.hpp"
#include "storage/spool_bytes.hpp"
#include "storage/spool_format.hpp"
#include "storage/spool_segment.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace orch::storage {

namespace {

constexpr std::size_t buffer_bytes_max = mib;

struct write_outcome {
    std::size_t written = 0;
    /// 0 when everything was written.
    int failure = 0;
};

write_outcome write_all(int descriptor, std::string_view bytes) noexcept {
    write_outcome outcome;
    while (outcome.written < bytes.size()) {
        const auto put = ::write(descriptor, bytes.data() + outcome.written,
                                 bytes.size() - outcome.written);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            outcome.failure = put < 0 ? errno : EIO;
            return outcome;
        }
        outcome.written += static_cast<std::size_t>(put);
    }
    return outcome;
}

/// The end of the last whole frame in the first `written` bytes of a buffer of ours.
std::size_t last_boundary(std::string_view buffer, std::size_t written) noexcept {
    std::size_t boundary = 0;
    while (boundary + frame_header_bytes <= written) {
        const std::size_t next = boundary + frame_header_bytes +
                                 number_at<std::uint32_t>(buffer, boundary + 8);
        if (next > written) {
            break;
        }
        boundary = next;
    }
    return boundary;
}

/// A secret of the segment; see `storage/spool_format.hpp`.
std::uint32_t random_seal() {
    const uuid random = uuid::random();
    return number_at<std::uint32_t>({reinterpret_cast<const char*>(random.bytes.data()), 4}, 0);
}

} // namespace

struct spool_writer::impl {
    spool_options options;
    segment_name name;
    std::shared_ptr<spool_usage> usage;
    spool_file file;
    std::uint32_t seal = random_seal();
    std::uint64_t offset = 0;
    std::string buffer;
    std::uint64_t refused = 0;
    bool stalled = false;
    /// The present segment has a tail that could not be cut off.
    bool spoilt = false;

    [[nodiscard]] std::string path() const { return options.directory + '/' + name.to_string(); }
    [[nodiscard]] bool needs_rotation() const noexcept;
    result<void> start_segment();
    result<void> rotate();
    result<void> flush();
    result<void> write_buffer();
    void keep_whole_records(std::size_t written);
    void mark(const result<void>& flushed) noexcept;
};

bool spool_writer::impl::needs_rotation() const noexcept {
    const bool empty = offset == segment_header_bytes;
    return spoilt || (!empty && offset + buffer.size() > options.segment_bytes_max);
}

/// Makes the file that `name` says. Leaves everything as it was on failure.
result<void> spool_writer::impl::start_segment() {
    const std::string target = path();
    spool_file made(
        ::open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600));
    if (!made.is_open()) {
        return errno_error("creating spool segment " + target, errno);
    }
    const auto outcome = write_all(made.descriptor(), segment_header(seal));
    if (outcome.failure != 0) {
        ::unlink(target.c_str());
        return errno_error("starting spool segment " + target, outcome.failure);
    }
    usage->add(segment_header_bytes);
    offset = segment_header_bytes;
    file = std::move(made);
    spoilt = false;
    return {};
}

result<void> spool_writer::impl::rotate() {
    ++name.segment;
    auto started = start_segment();
    if (!started) {
        --name.segment;
    }
    return started;
}

result<void> spool_writer::impl::flush() {
    if (buffer.empty()) {
        return {};
    }
    auto flushed = needs_rotation() ? rotate() : result<void>{};
    if (flushed) {
        flushed = write_buffer();
    }
    mark(flushed);
    return flushed;
}

result<void> spool_writer::impl::write_buffer() {
    const auto outcome = write_all(file.descriptor(), buffer);
    usage->add(outcome.written);
    if (outcome.failure != 0) {
        keep_whole_records(outcome.written);
        return errno_error("writing spool segment " + path(), outcome.failure);
    }
    offset += outcome.written;
    buffer.clear();
    if (buffer.capacity() > 2 * buffer_bytes_max) {
        buffer.shrink_to_fit();
    }
    return {};
}

void spool_writer::impl::keep_whole_records(std::size_t written) {
    const std::size_t whole = last_boundary(buffer, written);
    offset += whole;
    buffer.erase(0, whole);
    if (written == whole) {
        return;
    }
    if (::ftruncate(file.descriptor(), static_cast<off_t>(offset)) == 0) {
        usage->subtract(written - whole);
    } else {
        spoilt = true;
    }
}

void spool_writer::impl::mark(const result<void>& flushed) noexcept {
    const bool failed = !flushed;
    if (failed && !stalled) {
        usage->writer_stalled();
    } else if (!failed && stalled) {
        usage->writer_recovered();
    }
    stalled = failed;
}

result<spool_writer> spool_writer::open(const spool_options& options, const instance_id& instance,
                                        std::size_t unit, std::shared_ptr<spool_usage> usage) {
    if (::mkdir(options.directory.c_str(), 0700) != 0 && errno != EEXIST) {
        return errno_error("making spool directory " + options.directory, errno);
    }
    auto made = std::make_unique<impl>();
    made->options = options;
    made->name = {instance.value, unit, 0};
    made->usage = usage ? std::move(usage) : std::make_shared<spool_usage>(options.bytes_max);
    if (auto started = made->start_segment(); !started) {
        return started.error();
    }
    return spool_writer(std::move(made));
}

spool_writer::spool_writer(std::unique_ptr<impl> made) : impl_(std::move(made)) {}
spool_writer::spool_writer(spool_writer&&) noexcept = default;

spool_writer::~spool_writer() {
    if (!impl_) {
        return;
    }
    // What cannot be written now is lost, and was never promised.
    static_cast<void>(impl_->flush());
    impl_->mark({});
}

bool spool_writer::append(const model::call_record& record) {
    std::string& buffer = impl_->buffer;
    const bool alone = buffer.empty();
    const std::size_t size = append_record(buffer, record_kind::outcome, record, impl_->seal);
    bool taken = size != 0;
    if (taken && !alone && buffer.size() > buffer_bytes_max && !impl_->flush() &&
        buffer.size() > buffer_bytes_max) {
        buffer.resize(buffer.size() - size);
        taken = false;
    }
    impl_->refused += taken ? 0 : 1;
    return taken;
}

result<void> spool_writer::flush() { return impl_->flush(); }
bool spool_writer::dirty() const noexcept { return !impl_->buffer.empty(); }
bool spool_writer::full() const noexcept { return impl_->usage->full(); }
std::uint64_t spool_writer::refused() const noexcept { return impl_->refused; }

spool_position spool_writer::flushed() const noexcept {
    return {impl_->name.segment, impl_->offset};
}

} // namespace orch::storage
