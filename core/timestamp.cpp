#include "core/timestamp.hpp"

#include <fmt/format.h>

namespace orch {

namespace {

std::string text_of(std::chrono::sys_seconds second) {
    const auto day = std::chrono::floor<std::chrono::days>(second);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{second - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.000000Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

} // namespace

std::string to_rfc3339(wall_time at) {
    // Several of these stand in every row of the log, mostly of the same second: its text is kept.
    thread_local std::chrono::sys_seconds kept{std::chrono::seconds::min()};
    thread_local std::string text;
    // By way of microseconds: the earliest second does not fit into nanoseconds.
    const auto instant = std::chrono::floor<std::chrono::microseconds>(at);
    const auto second = std::chrono::floor<std::chrono::seconds>(instant);
    if (second != kept) {
        text = text_of(second);
        kept = second;
    }
    std::string stamped = text;
    auto fraction = (instant - second).count();
    for (std::size_t i = stamped.size() - 2; fraction != 0; --i, fraction /= 10) {
        stamped[i] = static_cast<char>('0' + fraction % 10);
    }
    return stamped;
}

} // namespace orch
