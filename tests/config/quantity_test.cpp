#include "config/quantity.hpp"

#include "tests/support/catch.hpp"

using namespace orch::config;
using std::chrono::milliseconds;

TEST_CASE("durations need a whole number and a unit", "[config][quantity]") {
    CHECK(parse_duration("500ms").value() == milliseconds{500});
    CHECK(parse_duration("30s").value() == milliseconds{30'000});
    CHECK(parse_duration("10m").value() == milliseconds{600'000});
    CHECK(parse_duration("2h").value() == milliseconds{7'200'000});
    CHECK(parse_duration("0ms").value() == milliseconds{0});
    const auto* wrong = GENERATE("", "s", "30", "30 s", "-1s", "1.5s", "30sec", "30S", "+3s",
                                 "9223372036854775807s", "99999999999999999999ms");
    CAPTURE(wrong);
    CHECK(parse_duration(wrong).has_error());
}

TEST_CASE("sizes take binary units or plain bytes", "[config][quantity]") {
    CHECK(parse_size("0").value() == 0);
    CHECK(parse_size("65536").value() == 65'536);
    CHECK(parse_size("64KiB").value() == 65'536);
    CHECK(parse_size("16MiB").value() == 16U << 20);
    CHECK(parse_size("1GiB").value() == 1U << 30);
    const auto* wrong = GENERATE("", "KiB", "64KB", "64K", "64kib", "-1", "1.5MiB", "64 KiB",
                                 "9999999999999GiB", "18446744073709551616");
    CAPTURE(wrong);
    CHECK(parse_size(wrong).has_error());
}

TEST_CASE("counts are whole decimal numbers and nothing else", "[config][quantity]") {
    CHECK(parse_count("0").value() == 0);
    CHECK(parse_count("18446744073709551615").value() == ~0ULL);
    const auto* wrong = GENERATE("", " 1", "1 ", "+1", "-1", "1e3", "0x10", "18446744073709551616");
    CAPTURE(wrong);
    CHECK(parse_count(wrong).has_error());
}

TEST_CASE("quantities are printed in the largest whole unit and read back", "[config][quantity]") {
    CHECK(print_duration(milliseconds{0}) == "0ms");
    CHECK(print_duration(milliseconds{1'500}) == "1500ms");
    CHECK(print_duration(milliseconds{75'000}) == "75s");
    CHECK(print_duration(milliseconds{60'000}) == "1m");
    CHECK(print_size(0) == "0");
    CHECK(print_size(1'000) == "1000");
    CHECK(print_size(1'536) == "1536");
    CHECK(print_size(3U << 20) == "3MiB");
    CHECK(parse_size(print_size(3U << 20)).value() == 3U << 20);
}

TEST_CASE("the error of a wrong quantity repeats it and shows a right one", "[config][quantity]") {
    const auto detail = parse_duration("12 parsecs").error().detail;
    CHECK_THAT(detail, Catch::Contains("\"12 parsecs\"") && Catch::Contains("30s"));
}
