#pragma once

#include "core/error.hpp"
#include "core/model/observation.hpp"
#include "storage/options.hpp"
#include "storage/spool_usage.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace orch::storage {

/// Where a writer's file ends: everything before it can be read.
struct spool_position {
    std::uint64_t segment = 0;
    std::uint64_t offset = 0;

    auto operator<=>(const spool_position&) const = default;
};

/// The bytes of one outcome record, framed: magic, version, kind, length, CRC-32. Version and kind
/// (intent or outcome) are in the format from the first day. `seal` is the secret of the segment
/// that the bytes are for (`storage/spool_format.hpp`).
void append_outcome(std::string& out, const model::call_record& record, std::uint32_t seal = 0);

/// Appends records of one io unit to its own segments. Lives on that unit. `fast` durability:
/// `flush` is one `write` and survives the death of the process, not of the machine.
class spool_writer {
public:
    /// Files are `calls-<instance hex>-<unit>-<segment>.spool`, mode 0600; the directory is made
    /// (0700) when absent. Every unit's writer and reader share one `usage`; without one the
    /// writer counts alone.
    [[nodiscard]] static result<spool_writer> open(const spool_options& options,
                                                   const instance_id& instance, std::size_t unit,
                                                   std::shared_ptr<spool_usage> usage = nullptr);
    spool_writer(spool_writer&&) noexcept;
    /// Tries one last flush.
    ~spool_writer();

    /// Takes the record into the buffer and says whether it was taken. Over 1 MiB the buffer is
    /// flushed first; a record is refused, and counted, only when that fails or when its encoding
    /// is above 16 MiB. Taken does not mean written: an answer may leave after a good `flush`.
    bool append(const model::call_record& record);
    /// Writes what was appended, in one `write` as a rule. On `io_failure` (disk full) the whole
    /// records that were written count as flushed, a half-written one is cut off, the rest stays
    /// buffered and the next flush tries again; `full` is true until one succeeds.
    [[nodiscard]] result<void> flush();
    [[nodiscard]] bool dirty() const noexcept;
    /// End of what is flushed, always between two records.
    [[nodiscard]] spool_position flushed() const noexcept;
    /// Whether new calls are to be refused (or answered with a gap): the shared limit is reached
    /// or a writer cannot write. Same as `full` of the shared usage.
    [[nodiscard]] bool full() const noexcept;
    /// Records that `append` refused: the size of the gap in the log.
    [[nodiscard]] std::uint64_t refused() const noexcept;

private:
    struct impl;
    explicit spool_writer(std::unique_ptr<impl> impl);
    std::unique_ptr<impl> impl_;
};

/// Reads one writer's segments in order; lives in the shipper's thread and shares nothing with
/// the writer but the files and the usage counter. Segments that are read to their end and
/// released are deleted once the writer has moved to a later one.
class spool_reader {
public:
    /// Starts at the oldest segment in the directory.
    [[nodiscard]] static result<spool_reader> open(const spool_options& options,
                                                   const instance_id& instance, std::size_t unit,
                                                   std::shared_ptr<spool_usage> usage = nullptr);
    spool_reader(spool_reader&&) noexcept;
    ~spool_reader();

    /// Appends records up to `end` whose id is not above `cutoff`, at most `count_max`; stops
    /// before the first one above. A record with a bad checksum is skipped to the next magic and
    /// counted; a segment that is missing or has no readable start counts as one. What was read
    /// is not read again until `rewind`. `end` may only grow from call to call. After an error
    /// (`io_failure`, or `not_implemented` for a record of a newer version) `out` may have grown:
    /// `rewind` and drop it.
    [[nodiscard]] result<void> read(const spool_position& end, const uuid& cutoff,
                                    std::size_t count_max, std::vector<model::call_record>& out);
    /// Everything that was read is safe in the database: forget it, delete finished segments.
    void release();
    /// Go back to the last release; used when the database refused a batch.
    void rewind();
    /// The writer is gone and `end` was its last word: deletes the last segment too, if all of it
    /// was released. Says whether nothing is left.
    bool finish(const spool_position& end);
    /// Damaged records among those read since `open`.
    [[nodiscard]] std::uint64_t damaged() const noexcept;

private:
    struct impl;
    explicit spool_reader(std::unique_ptr<impl> impl);
    std::unique_ptr<impl> impl_;
};

/// What earlier instances left behind in the directory, by instance, unit and segment. The
/// directory must belong to one live instance: whoever is not `self` is taken for dead.
struct spool_remains {
    std::vector<std::string> files;
    std::uint64_t bytes = 0;
};
[[nodiscard]] spool_remains find_remains(const spool_options& options, const instance_id& self);
/// Reads one left-behind file whole, skipping damage and adding to `damaged`. A torn tail is
/// normal and not counted. `not_implemented` when a newer version wrote it (keep the file),
/// `protocol_violation` when its start is not that of a segment.
[[nodiscard]] result<std::vector<model::call_record>> read_remains(const std::string& file,
                                                                   std::uint64_t& damaged);
/// Deletes a file that `find_remains` named, once its records are safe. Absent is not an error.
[[nodiscard]] result<void> remove_remains(const std::string& file);
/// Bytes of all spool files now.
[[nodiscard]] std::uint64_t spool_bytes(const spool_options& options);

} // namespace orch::storage
