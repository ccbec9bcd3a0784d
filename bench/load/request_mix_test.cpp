#include "tests/support/catch.hpp"

#include "bench/load/request_mix.hpp"

using orch::bench::request_mix;

TEST_CASE("a mix has each kind about as often as its share says", "[bench][request_mix]") {
    constexpr int drawn = 100'000;
    std::array<int, request_mix::kinds> counts{};
    request_mix mix;
    for (int i = 0; i < drawn; ++i) {
        ++counts.at(mix.next());
    }
    double shares = 0;
    for (std::size_t i = 0; i < request_mix::kinds; ++i) {
        const auto& row = request_mix::table()[i];
        CAPTURE(row.name, counts[i]);
        CHECK(counts[i] == Approx(row.share * drawn / 100).epsilon(0.1));
        shares += row.share;
    }
    CHECK(shares == Approx(100));
}

TEST_CASE("a mix of a short run has reconnects, and each run the same ones",
          "[bench][request_mix]") {
    request_mix mix;
    request_mix again;
    int reconnects = 0;
    for (int i = 0; i < 5000; ++i) {
        const auto kind = mix.next();
        REQUIRE(kind == again.next());
        reconnects += kind == request_mix::reconnect ? 1 : 0;
    }
    CHECK(reconnects >= 25);
}
