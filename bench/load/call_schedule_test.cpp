#include "tests/support/catch.hpp"

#include "bench/load/call_schedule.hpp"

using namespace std::chrono_literals;
using orch::bench::call_schedule;

namespace {

const call_schedule::time_point start{1h};

} // namespace

TEST_CASE("calls are due at a fixed rate from the start on", "[bench][call_schedule]") {
    call_schedule calls(start, 100.0, 1s);
    CHECK(calls.total() == 100);
    CHECK(calls.take(start) == start);
    CHECK_FALSE(calls.take(start));
    CHECK(calls.next() == start + 10ms);
    CHECK_FALSE(calls.take(start + 10ms - 1ns));
    CHECK(calls.take(start + 10ms) == start + 10ms);
    CHECK(calls.left() == 98);
}

TEST_CASE("calls that wait stay due when they were", "[bench][call_schedule]") {
    call_schedule calls(start, 100.0, 1s);
    for (int i = 0; i < 100; ++i) {
        CHECK(calls.take(start + 5s) == start + 10ms * i);
    }
    CHECK_FALSE(calls.take(start + 5s));
    CHECK_FALSE(calls.next());
    CHECK(calls.left() == 0);
}

TEST_CASE("a schedule does not drift at rates that are no whole time", "[bench][call_schedule]") {
    call_schedule calls(start, 3.0, 1000s);
    call_schedule::time_point last;
    while (const auto due = calls.take(start + 1h)) {
        last = *due;
    }
    CHECK(last - start > 999'666ms);
    CHECK(last - start < 999'667ms);
}

TEST_CASE("a schedule has a call even when it is short", "[bench][call_schedule]") {
    CHECK(call_schedule(start, 0.5, 1s).total() == 1);
    CHECK(call_schedule(start, 10.0, 0s).total() == 0);
}
