#pragma once

#include "core/error.hpp"
#include "storage/spool_format.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace orch::storage {

/// Owns a file descriptor.
class spool_file {
public:
    spool_file() = default;
    explicit spool_file(int descriptor) noexcept : descriptor_(descriptor) {}
    spool_file(spool_file&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    spool_file& operator=(spool_file&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~spool_file();

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    [[nodiscard]] bool is_open() const noexcept { return descriptor_ >= 0; }
    /// Up to `size` bytes from `offset`, fewer only at the end of the file.
    [[nodiscard]] result<void> read_at(std::uint64_t offset, std::size_t size,
                                       std::string& out) const;
    [[nodiscard]] result<std::uint64_t> size() const;

private:
    int descriptor_ = -1;
};

/// Walks the frames of one segment and steps over damage. Holds a window of the file, so memory
/// is bounded by one record; for one thread.
class segment_cursor {
public:
    /// Starts at `offset`, or at the first frame when that is later. `not_found` when the file is
    /// absent; the errors of `parse_segment_header` otherwise.
    [[nodiscard]] static result<segment_cursor> open(const std::string& path,
                                                     std::uint64_t offset = 0);

    /// The next outcome before `limit`, or nothing at the limit. Does not step over it. Intents
    /// are passed, payloads that are no call record count as damage. `not_implemented` at a record
    /// of a newer version.
    [[nodiscard]] result<std::optional<model::call_record>> peek(std::uint64_t limit);
    /// Steps over what `peek` returned.
    void advance() noexcept { offset_ += std::exchange(peeked_bytes_, 0); }
    [[nodiscard]] std::uint64_t offset() const noexcept { return offset_; }
    [[nodiscard]] result<std::uint64_t> size() const { return file_.size(); }
    /// Damaged places stepped over so far.
    [[nodiscard]] std::uint64_t damaged() const noexcept { return damaged_; }

private:
    segment_cursor(spool_file file, std::uint32_t seal, std::uint64_t offset) noexcept
        : file_(std::move(file)), seal_(seal), offset_(offset) {}
    [[nodiscard]] result<std::optional<frame>> next_frame(std::uint64_t limit);
    [[nodiscard]] std::string_view in_window(std::uint64_t limit) const noexcept;
    /// Brings at least `wanted` bytes from the offset into the window; false when the limit or the
    /// end of the file is nearer.
    [[nodiscard]] result<bool> load(std::size_t wanted, std::uint64_t limit);
    void step_over(const frame& damage) noexcept;

    spool_file file_;
    std::uint32_t seal_;
    std::uint64_t offset_;
    std::string window_;
    std::uint64_t window_start_ = 0;
    std::uint64_t peeked_bytes_ = 0;
    std::uint64_t damaged_ = 0;
    /// Inside bytes that start no frame; one such stretch counts once.
    bool lost_ = false;
};

} // namespace orch::storage
