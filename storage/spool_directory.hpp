#pragma once

#include "storage/spool_format.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace orch::storage {

struct listed_segment {
    segment_name name;
    std::string path;
    std::uint64_t bytes = 0;
};

/// The segments in a directory by instance, unit and number; none when it cannot be read.
[[nodiscard]] std::vector<listed_segment> list_segments(const std::string& directory);

} // namespace orch::storage
