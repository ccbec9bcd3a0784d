#include "storage/spool.hpp"
#include "storage/spool_directory.hpp"
#include "storage/spool_segment.hpp"

#include <cerrno>
#include <filesystem>

#include <unistd.h>

namespace orch::storage {

namespace fs = std::filesystem;

spool_remains find_remains(const spool_options& options, const instance_id& self) {
    spool_remains remains;
    for (auto& segment : list_segments(options.directory)) {
        if (segment.name.instance != self.value) {
            remains.files.push_back(std::move(segment.path));
            remains.bytes += segment.bytes;
        }
    }
    return remains;
}

result<std::vector<model::call_record>> read_remains(const std::string& file,
                                                     std::uint64_t& damaged) {
    auto cursor = segment_cursor::open(file);
    if (!cursor) {
        return cursor.error();
    }
    const auto size = cursor->size();
    if (!size) {
        return size.error();
    }
    std::vector<model::call_record> records;
    for (;;) {
        auto next = cursor->peek(*size);
        if (!next) {
            return error{next.error().code, file + ": " + next.error().detail};
        }
        if (!*next) {
            break;
        }
        records.push_back(std::move(**next));
        cursor->advance();
    }
    damaged += cursor->damaged();
    return records;
}

result<void> remove_remains(const std::string& file) {
    if (!segment_name::parse(fs::path(file).filename().native())) {
        return error{errc::invalid_argument, file + " is not a spool segment"};
    }
    if (::unlink(file.c_str()) != 0 && errno != ENOENT) {
        return errno_error("deleting " + file, errno);
    }
    return {};
}

std::uint64_t spool_bytes(const spool_options& options) {
    std::uint64_t bytes = 0;
    for (const auto& segment : list_segments(options.directory)) {
        bytes += segment.bytes;
    }
    return bytes;
}

} // namespace orch::storage
