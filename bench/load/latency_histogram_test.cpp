#include "tests/support/catch.hpp"

#include "bench/load/latency_histogram.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using orch::bench::latency_histogram;
using std::chrono::nanoseconds;

TEST_CASE("latency histogram is exact for small values", "[bench][histogram]") {
    latency_histogram latencies;
    for (int i = 1; i <= 1000; ++i) {
        latencies.add(nanoseconds{i});
    }
    CHECK(latencies.count() == 1000);
    CHECK(latencies.quantile(0.5) == nanoseconds{500});
    CHECK(latencies.quantile(0.99) == nanoseconds{990});
    CHECK(latencies.quantile(0.0) == nanoseconds{1});
    CHECK(latencies.quantile(1.0) == nanoseconds{1000});
}

TEST_CASE("latency histogram keeps three digits at any size", "[bench][histogram]") {
    std::mt19937_64 random{7};
    std::uniform_real_distribution<double> exponent{0.0, 30.0};
    std::vector<std::int64_t> values;
    latency_histogram latencies;
    for (int i = 0; i < 20'000; ++i) {
        values.push_back(static_cast<std::int64_t>(std::exp2(exponent(random))));
        latencies.add(nanoseconds{values.back()});
    }
    std::sort(values.begin(), values.end());
    for (const double share : {0.01, 0.1, 0.5, 0.9, 0.99, 0.999}) {
        CAPTURE(share);
        const auto rank = static_cast<std::size_t>(std::ceil(share * 20'000.0)) - 1;
        const auto exact = static_cast<double>(values[rank]);
        const auto told = static_cast<double>(latencies.quantile(share).count());
        CHECK(told >= exact);
        CHECK(told <= exact * 1.002);
    }
}

TEST_CASE("latency histogram never tells more than the maximum", "[bench][histogram]") {
    latency_histogram latencies;
    latencies.add(nanoseconds{1'000'001});
    CHECK(latencies.quantile(0.99) == nanoseconds{1'000'001});
    CHECK(latencies.max() == nanoseconds{1'000'001});
}

TEST_CASE("latency histogram takes what cannot be and what is not there", "[bench][histogram]") {
    latency_histogram latencies;
    CHECK(latencies.quantile(0.5) == nanoseconds{0});
    latencies.add(nanoseconds{-5});
    CHECK(latencies.quantile(0.5) == nanoseconds{0});
    latencies.add(nanoseconds::max());
    CHECK(latencies.quantile(1.0) == nanoseconds::max());
}

TEST_CASE("latency histogram is told in few points that keep every duration",
          "[bench][histogram]") {
    std::mt19937_64 random{11};
    std::lognormal_distribution<double> duration{13.0, 2.0};
    latency_histogram latencies;
    for (int i = 0; i < 50'000; ++i) {
        latencies.add(nanoseconds{static_cast<std::int64_t>(duration(random))});
    }
    const auto points = latencies.points(100);
    REQUIRE(points.size() <= 100);
    CHECK(points.size() > 50);
    std::uint64_t count = 0;
    nanoseconds last{-1};
    for (const auto& point : points) {
        CHECK(point.upper > last);
        CHECK(point.count > 0);
        // A quantile at the border of a point is that border.
        count += point.count;
        last = point.upper;
        const auto share = (static_cast<double>(count) - 0.5) / 50'000.0;
        CHECK(latencies.quantile(share) == point.upper);
    }
    CHECK(count == 50'000);
    CHECK(last == latencies.max());
}

TEST_CASE("latency histogram is told in one point when there is one duration",
          "[bench][histogram]") {
    latency_histogram latencies;
    CHECK(latencies.points(100).empty());
    latencies.add(nanoseconds{5'000'000});
    latencies.add(nanoseconds{5'000'000});
    const auto points = latencies.points(100);
    REQUIRE(points.size() == 1);
    CHECK(points[0].upper == nanoseconds{5'000'000});
    CHECK(points[0].count == 2);
}
