#pragma once

#include "storage/pqxx_fwd.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

// What is forgotten, and when. All of these throw what libpqxx throws; call them inside
// `session::run`.

namespace orch::storage {

/// The days that calls may be kept: what a project may choose, and a record carries.
inline constexpr std::array retention_classes{7, 30, 90, 365};
/// What belongs to no project, or to one that is gone, stays as long as anything may.
inline constexpr int orphan_days = 365;
/// Days of usage stay for three years, whatever became of their calls.
inline constexpr int usage_days = 3 * 365 + 1;

/// The day partitions of the call log that hold nothing younger than their class at `now`, oldest
/// first.
[[nodiscard]] std::vector<std::string> expired_call_days(pqxx::connection& connection,
                                                         std::chrono::system_clock::time_point now);
/// Drops one of them. The writer waits for as long as this waits for those who read the day: 200 ms
/// at most, then it fails with `busy` and nothing has happened.
void drop_call_day(pqxx::connection& connection, const std::string& table);

/// Tables whose rows are as old as the project's `retention_days` allow: a client session from its
/// end on, and never while it is open; of activities also those that belong to no project.
enum class aged_table { server_log, client_sessions, activities, usage_daily };
inline constexpr std::array aged_tables{aged_table::server_log, aged_table::client_sessions,
                                        aged_table::activities, aged_table::usage_daily};

/// Deletes at most `rows_max` rows that are too old at `now`, in one statement. Returns how many:
/// fewer than `rows_max` says that none are left.
std::size_t forget_rows(pqxx::connection& connection, aged_table table,
                        std::chrono::system_clock::time_point now, std::size_t rows_max);

} // namespace orch::storage
