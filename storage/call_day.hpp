#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace orch::storage {

/// The day of one retention class: a partition of the call log. Days are those in the ids of its
/// rows, in UTC.
struct call_day {
    int retention_days;
    std::chrono::sys_days day;

    auto operator<=>(const call_day&) const = default;

    /// Its name, which is safe in a statement: `call_log_30_20260131`.
    [[nodiscard]] std::string table() const;
    /// The statement that makes it, unless it is there.
    [[nodiscard]] std::string creation() const;
    /// Whether even its last row is older than its class.
    [[nodiscard]] bool expired(std::chrono::system_clock::time_point now) const;

    /// Nothing for a name that `table` does not give.
    [[nodiscard]] static std::optional<call_day> parse(std::string_view table);
};

} // namespace orch::storage
