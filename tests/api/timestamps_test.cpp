#include "api/timestamps.hpp"

#include "tests/support/catch.hpp"

using namespace orch::api;
using namespace std::chrono_literals;
using std::chrono::system_clock;

TEST_CASE("times are printed in UTC with microseconds", "[api][time]") {
    const system_clock::time_point noon = std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} +
                                          12h;
    CHECK(to_rfc3339(noon + 123'456us) == "2026-01-31T12:00:00.123456Z");
    CHECK(to_rfc3339(noon) == "2026-01-31T12:00:00.000000Z");
    CHECK(to_rfc3339(noon + 999ns) == "2026-01-31T12:00:00.000000Z");
    CHECK(to_rfc3339(system_clock::time_point{}) == "1970-01-01T00:00:00.000000Z");
    CHECK(to_rfc3339(system_clock::time_point{-1us}) == "1969-12-31T23:59:59.999999Z");
}

TEST_CASE("an absent time stays absent", "[api][time]") {
    CHECK_FALSE(to_rfc3339(std::optional<system_clock::time_point>{}));
    CHECK(to_rfc3339(std::optional{system_clock::time_point{}}) == "1970-01-01T00:00:00.000000Z");
}

TEST_CASE("a printed time is read back, in any zone", "[api][time]") {
    const system_clock::time_point noon = std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} +
                                          12h;
    CHECK(parse_rfc3339(to_rfc3339(noon + 123'456us)) == noon + 123'456us);
    CHECK(parse_rfc3339("2026-01-31T12:00:00Z") == noon);
    CHECK(parse_rfc3339("2026-01-31t12:00:00z") == noon);
    CHECK(parse_rfc3339("2026-01-31T14:30:00+02:30") == noon);
    CHECK(parse_rfc3339("2026-01-31T09:00:00.5-03:00") == noon + 500ms);
    CHECK(parse_rfc3339("2026-01-31T12:00:00.1234567899Z") == noon + 123'456us);
    CHECK(parse_rfc3339("2024-02-29T00:00:00Z"));
    CHECK(parse_rfc3339("9999-12-31T23:59:59Z") == parse_rfc3339("2200-12-31T23:59:59Z"));
    CHECK(parse_rfc3339("2996-02-29T00:00:00Z") > noon);
    CHECK(parse_rfc3339("0001-01-01T00:00:00Z") == parse_rfc3339("1970-01-01T00:00:00Z"));
}

TEST_CASE("what is no time is not read as one", "[api][time]") {
    for (const auto* text :
         {"", "yesterday", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31T12:00Z",
          "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-00-10T00:00:00Z",
          "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z", "2026-01-31T12:00:00.Z",
          "2026-01-31T12:00:00Z ", " 2026-01-31T12:00:00Z", "2026-01-31T12:00:00+0100",
          "2026-01-31T12:00:00+24:00", "2026-1-31T12:00:00Z", "+026-01-31T12:00:00Z"}) {
        INFO(text);
        CHECK_FALSE(parse_rfc3339(text));
    }
}

TEST_CASE("a day is read and printed", "[api][time]") {
    using namespace std::chrono;
    CHECK(parse_day("2024-02-29") == sys_days{year{2024} / 2 / 29});
    CHECK(to_text(sys_days{year{2024} / 2 / 29}) == "2024-02-29");
    CHECK(parse_day("9999-12-31") == parse_day("2200-12-31"));
    CHECK(parse_day("0001-01-01") == parse_day("1970-01-01"));
    for (const auto* other : {"", "today", "2023-02-29", "2026-1-1", "2026-01-01T00:00:00Z",
                              " 2026-01-01", "2026-01-01 ", "20260101", "-026-01-01"}) {
        INFO(other);
        CHECK_FALSE(parse_day(other));
    }
}

TEST_CASE("only the presets are time ranges", "[api][time]") {
    CHECK(parse_time_range("15m") == 15min);
    CHECK(parse_time_range("30m") == 30min);
    CHECK(parse_time_range("1h") == 1h);
    CHECK(parse_time_range("6h") == 6h);
    CHECK(parse_time_range("24h") == 24h);
    CHECK(parse_time_range("7d") == 168h);
    for (const auto* other : {"", "1H", "60m", "1", " 1h", "1h ", "30d", "-1h"}) {
        CHECK_FALSE(parse_time_range(other));
    }
}
