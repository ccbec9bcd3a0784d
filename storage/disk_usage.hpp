#pragma once

#include "storage/pqxx_fwd.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace orch::storage {

/// One kind of records, with all that the database keeps for them: rows, indexes, free space.
struct stored_kind {
    /// calls, server_log, sessions, activities, usage
    std::string name;
    /// Of calls: the class.
    std::optional<int> retention_days = std::nullopt;
    std::uint64_t bytes = 0;
    /// Of calls: how many days there are.
    std::optional<std::uint64_t> days = std::nullopt;
    /// When the oldest row came to be; absent without rows.
    std::optional<std::chrono::system_clock::time_point> oldest = std::nullopt;
};

struct disk_usage {
    /// Of the whole database.
    std::uint64_t database_bytes = 0;
    std::vector<stored_kind> kinds;
};

/// Reads sizes of files and one row of each index, so it takes milliseconds whatever there is.
/// Throws what libpqxx throws; call it inside `session::run` or `database::submit`.
[[nodiscard]] disk_usage measure_disk(pqxx::connection& connection);

} // namespace orch::storage
