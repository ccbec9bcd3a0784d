#include "storage/call_day.hpp"

#include "core/uuid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace orch::storage {

namespace {

constexpr std::string_view prefix = "call_log_";

/// The number that `text` is; nothing when it is none.
std::optional<int> number_in(std::string_view text) {
    int number = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? std::optional(number) : std::nullopt;
}

} // namespace

std::string call_day::table() const {
    const std::chrono::year_month_day date{day};
    return fmt::format("{}{}_{:04}{:02}{:02}", prefix, retention_days,
                       static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

// Names and bounds are computed here, from numbers alone, so they may stand in the text.
// Inserts alone make a vacuum worthwhile: without it, no index can be read by itself.
std::string call_day::creation() const {
    return fmt::format(R"(CREATE TABLE IF NOT EXISTS "{}" PARTITION OF "{}{}")"
                       " FOR VALUES FROM ('{}') TO ('{}')"
                       " WITH (autovacuum_vacuum_insert_scale_factor = 0,"
                       " autovacuum_vacuum_insert_threshold = 50000)",
                       table(), prefix, retention_days, uuid::floor(day).to_string(),
                       uuid::floor(day + std::chrono::days{1}).to_string());
}

bool call_day::expired(std::chrono::system_clock::time_point now) const {
    return day + std::chrono::days(1 + retention_days) <= now;
}

std::optional<call_day> call_day::parse(std::string_view table) {
    if (!table.starts_with(prefix)) {
        return std::nullopt;
    }
    table.remove_prefix(prefix.size());
    const auto bar = std::min(table.find('_'), table.size());
    const auto days = number_in(table.substr(0, bar));
    const auto date = number_in(table.substr(std::min(bar + 1, table.size())));
    if (!days || !date || *date < 0) {
        return std::nullopt;
    }
    const std::chrono::year_month_day parsed{
        std::chrono::year(*date / 10'000),
        std::chrono::month(static_cast<unsigned>(*date / 100 % 100)),
        std::chrono::day(static_cast<unsigned>(*date % 100))};
    return parsed.ok() ? std::optional(call_day{*days, parsed}) : std::nullopt;
}

} // namespace orch::storage
