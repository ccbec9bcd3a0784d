#pragma once

#include "api/described_json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace orch::api {

/// One kind of records.
struct stored_kind_view {
    /// calls, server_log, sessions, activities, usage, spool
    std::string kind;
    /// Of calls: how long those of this line are kept.
    std::optional<std::int64_t> retention_days;
    std::uint64_t bytes = 0;
    /// Of calls: how many days there are.
    std::optional<std::uint64_t> days;
    std::optional<std::string> oldest;
};
BOOST_DESCRIBE_STRUCT(stored_kind_view, (), (kind, retention_days, bytes, days, oldest))

struct storage_view {
    /// Of the whole database, the kinds below and everything else.
    std::uint64_t database_bytes = 0;
    /// The room for calls that are not in the database yet.
    std::uint64_t spool_bytes_max = 0;
    std::vector<stored_kind_view> kinds;
};
BOOST_DESCRIBE_STRUCT(storage_view, (), (database_bytes, spool_bytes_max, kinds))

} // namespace orch::api
