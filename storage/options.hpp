#pragma once

#include "core/byte_sizes.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace orch::storage {

struct database_options {
    /// libpq connection string or URL.
    std::string connection;
    std::size_t connections = 3;
    std::size_t queue_max = 256;
    std::chrono::milliseconds statement_timeout{5'000};
};

/// What happens to new calls when the spool is full: refused before they reach the server, or
/// answered with a counted gap in the log.
enum class full_spool_policy { refuse, gap };

struct spool_options {
    std::string directory;
    std::size_t segment_bytes_max = 16 * mib;
    /// Over all segments of this instance.
    std::size_t bytes_max = gib;
    full_spool_policy when_full = full_spool_policy::refuse;
};

} // namespace orch::storage
