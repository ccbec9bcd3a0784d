#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orch::model {

/// When the status of all enabled servers is refreshed, and where that stands. One per
/// orchestrator.
struct refresh_schedule {
    /// Whether runs begin by themselves.
    bool running = true;
    std::chrono::seconds server_check_interval{300};
    /// A run that is due while one is under way is left out, else it follows that one at once.
    bool coalesce = true;
    /// Servers that are checked at the same time.
    std::int64_t max_workers = 4;
    /// When it was last switched on; the first run after that is an interval later.
    std::chrono::system_clock::time_point resumed_at;
    /// When the last run began.
    std::optional<std::chrono::system_clock::time_point> last_execution;
    /// Runs that were left out.
    std::int64_t skipped_count = 0;
    /// Grows with each change of the settings.
    std::int64_t revision = 0;

    static constexpr std::chrono::seconds interval_min{60};
    static constexpr std::chrono::seconds interval_max{3'600};
    static constexpr std::int64_t workers_max = 10;
};

enum class refresh_trigger : std::uint8_t { schedule, manual };
[[nodiscard]] std::string_view to_string(refresh_trigger trigger) noexcept;
/// `schedule` for any other text.
[[nodiscard]] refresh_trigger parse_refresh_trigger(std::string_view text) noexcept;

/// What one run found.
struct refresh_counts {
    /// Enabled servers that were asked.
    std::int64_t checked = 0;
    /// Those of them whose state is another than before.
    std::int64_t updated = 0;
    /// Tools that came, went or changed.
    std::int64_t tools_synced = 0;
    /// Servers that have a problem, those that did not answer in time included.
    std::int64_t errors = 0;
};

/// One run that is over.
struct refresh_run {
    std::chrono::system_clock::time_point started_at;
    std::chrono::milliseconds duration{};
    refresh_trigger trigger = refresh_trigger::schedule;
    refresh_counts counts;
    /// Why the run itself did not come to its end; empty when it did.
    std::string error;

    /// How many are kept.
    static constexpr std::size_t kept_max = 200;
};

} // namespace orch::model
