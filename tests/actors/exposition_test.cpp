#include "actors/exposition.hpp"

#include "tests/support/catch.hpp"

using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using orch::actors::exposition;
using orch::actors::latency_histogram;

TEST_CASE("a duration falls into the bucket whose bound it does not exceed", "[actors]") {
    latency_histogram histogram;
    histogram.add(1ms);
    histogram.add(1ms + 1us);
    histogram.add(60s);
    histogram.add(61s);
    histogram.add(0us);
    CHECK(histogram.in_bucket(0) == 2);
    CHECK(histogram.in_bucket(1) == 1);
    CHECK(histogram.in_bucket(latency_histogram::bounds.size() - 1) == 1);
    CHECK(histogram.in_bucket(latency_histogram::bounds.size()) == 1);
    CHECK(histogram.count() == 5);
    CHECK(histogram.sum_seconds() == Approx(121.002001));
}

TEST_CASE("every family has HELP and TYPE before its samples", "[actors]") {
    std::string text;
    exposition out(text);
    out.family("calls_total", "counter", "Calls by outcome.");
    out.sample("calls_total", {{"status", "success"}}, 3);
    out.sample("calls_total", {}, 0.5);
    CHECK(text == "# HELP calls_total Calls by outcome.\n"
                  "# TYPE calls_total counter\n"
                  "calls_total{status=\"success\"} 3\n"
                  "calls_total 0.5\n");
}

TEST_CASE("label values are escaped", "[actors]") {
    std::string text;
    exposition(text).sample("m", {{"a", "back\\slash"}, {"b", "\"q\""}, {"c", "two\nlines"}}, 1);
    CHECK(text == "m{a=\"back\\\\slash\",b=\"\\\"q\\\"\",c=\"two\\nlines\"} 1\n");
}

TEST_CASE("buckets are cumulative and end with +Inf equal to the count", "[actors]") {
    latency_histogram histogram;
    histogram.add(500us);
    histogram.add(2ms);
    histogram.add(2ms);
    histogram.add(100s);
    std::string text;
    exposition(text).histogram("t", {{"tool", "x"}}, histogram);
    CHECK_THAT(text, Contains("t_bucket{tool=\"x\",le=\"0.001\"} 1\n"));
    CHECK_THAT(text, Contains("t_bucket{tool=\"x\",le=\"0.0025\"} 3\n"));
    CHECK_THAT(text, Contains("t_bucket{tool=\"x\",le=\"60\"} 3\n"));
    CHECK_THAT(text, Contains("t_bucket{tool=\"x\",le=\"+Inf\"} 4\n"));
    CHECK_THAT(text, Contains("t_count{tool=\"x\"} 4\n"));
    CHECK_THAT(text, Contains("t_sum{tool=\"x\"} 100.0045\n"));
}

TEST_CASE("counts above a million keep every digit", "[actors]") {
    std::string text;
    exposition(text).sample("m", {}, 123'456'789.0);
    CHECK_THAT(text, Contains("123456789"));
}
