#include "storage/spool_directory.hpp"

#include <algorithm>
#include <filesystem>

namespace orch::storage {

namespace fs = std::filesystem;

std::vector<listed_segment> list_segments(const std::string& directory) {
    std::vector<listed_segment> found;
    std::error_code problem;
    for (fs::directory_iterator at(directory, problem), last; !problem && at != last;
         at.increment(problem)) {
        const auto name = segment_name::parse(at->path().filename().native());
        std::error_code gone;
        if (!name || !fs::is_regular_file(at->symlink_status(gone))) {
            continue;
        }
        const auto bytes = at->file_size(gone);
        found.push_back({*name, at->path().native(), gone ? 0 : bytes});
    }
    std::ranges::sort(found, {}, &listed_segment::name);
    return found;
}

} // namespace orch::storage
