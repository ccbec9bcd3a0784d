#include "core/timestamp.hpp"

#include "tests/support/catch.hpp"

#include <thread>

using namespace orch;
using namespace std::chrono_literals;

namespace {

wall_time midnight(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    REQUIRE(date.ok());
    return std::chrono::sys_days{date};
}

} // namespace

TEST_CASE("a time is printed in UTC with all its microseconds", "[core][timestamp]") {
    CHECK(to_rfc3339(wall_time{}) == "1970-01-01T00:00:00.000000Z");
    CHECK(to_rfc3339(wall_time{1us}) == "1970-01-01T00:00:00.000001Z");
    CHECK(to_rfc3339(wall_time{120ms}) == "1970-01-01T00:00:00.120000Z");
    CHECK(to_rfc3339(midnight(2026, 1, 31) + 12h + 123'456us) == "2026-01-31T12:00:00.123456Z");
    CHECK(to_rfc3339(midnight(2026, 9, 8) + 7h + 6min + 5s) == "2026-09-08T07:06:05.000000Z");
}

TEST_CASE("what is below a microsecond is rounded down", "[core][timestamp]") {
    CHECK(to_rfc3339(wall_time{999ns}) == "1970-01-01T00:00:00.000000Z");
    CHECK(to_rfc3339(wall_time{-1ns}) == "1969-12-31T23:59:59.999999Z");
    CHECK(to_rfc3339(midnight(2027, 1, 1) - 1ns) == "2026-12-31T23:59:59.999999Z");
}

TEST_CASE("years end and leap days stand where the calendar has them", "[core][timestamp]") {
    CHECK(to_rfc3339(midnight(2024, 12, 31) + 24h - 1us) == "2024-12-31T23:59:59.999999Z");
    CHECK(to_rfc3339(midnight(2024, 12, 31) + 24h) == "2025-01-01T00:00:00.000000Z");
    CHECK(to_rfc3339(midnight(2024, 2, 28) + 24h) == "2024-02-29T00:00:00.000000Z");
    CHECK(to_rfc3339(midnight(2000, 2, 28) + 24h) == "2000-02-29T00:00:00.000000Z");
    CHECK(to_rfc3339(midnight(2025, 2, 28) + 24h) == "2025-03-01T00:00:00.000000Z");
    CHECK(to_rfc3339(midnight(2100, 2, 28) + 24h) == "2100-03-01T00:00:00.000000Z");
}

TEST_CASE("times before 1970 are printed", "[core][timestamp]") {
    CHECK(to_rfc3339(wall_time{-1us}) == "1969-12-31T23:59:59.999999Z");
    CHECK(to_rfc3339(wall_time{-1s}) == "1969-12-31T23:59:59.000000Z");
    CHECK(to_rfc3339(midnight(1900, 2, 28) + 36h) == "1900-03-01T12:00:00.000000Z");
}

TEST_CASE("the first and the last time of the clock are printed", "[core][timestamp]") {
    CHECK(to_rfc3339(wall_time::min()) == "1677-09-21T00:12:43.145224Z");
    CHECK(to_rfc3339(wall_time::max()) == "2262-04-11T23:47:16.854775Z");
}

TEST_CASE("no time is mistaken for the one printed before it", "[core][timestamp]") {
    const auto noon = midnight(2026, 1, 31) + 12h;
    for (int round = 0; round < 2; ++round) {
        CHECK(to_rfc3339(noon + 999'999us) == "2026-01-31T12:00:00.999999Z");
        CHECK(to_rfc3339(noon + 7us) == "2026-01-31T12:00:00.000007Z");
        CHECK(to_rfc3339(noon) == "2026-01-31T12:00:00.000000Z");
        CHECK(to_rfc3339(noon + 1s) == "2026-01-31T12:00:01.000000Z");
    }
    std::string elsewhere;
    std::thread([&] { elsewhere = to_rfc3339(noon + 1ms); }).join();
    CHECK(elsewhere == "2026-01-31T12:00:00.001000Z");
    CHECK(to_rfc3339(noon + 1s) == "2026-01-31T12:00:01.000000Z");
}
