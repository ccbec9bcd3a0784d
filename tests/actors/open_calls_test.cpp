#include "actors/open_calls.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>

using namespace std::chrono_literals;
using orch::monotonic_time;
using orch::actors::open_call;
using orch::actors::open_calls;

namespace {

const monotonic_time start{1h};

open_call due(monotonic_time deadline, bool sent = false) {
    open_call call;
    call.deadline = deadline;
    call.sent = sent;
    return call;
}

std::vector<std::uint64_t>
numbers_of(const std::vector<std::pair<std::uint64_t, open_call>>& calls) {
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, call] : calls) {
        numbers.push_back(number);
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

using numbers = std::vector<std::uint64_t>;

} // namespace

TEST_CASE("a call is taken once", "[actors]") {
    open_calls calls;
    calls.add(7, due(start));
    CHECK(calls.find(7) != nullptr);
    CHECK(calls.find(8) == nullptr);
    CHECK(calls.take(7));
    CHECK_FALSE(calls.take(7));
    CHECK(calls.empty());
}

TEST_CASE("calls expire at their deadline, the others stay", "[actors]") {
    open_calls calls;
    calls.add(1, due(start + 1s));
    calls.add(2, due(start + 2s));
    calls.add(3, due(start + 3s));
    CHECK(calls.take_expired(start + 999ms).empty());
    CHECK(numbers_of(calls.take_expired(start + 2s)) == numbers{1, 2});
    CHECK(calls.size() == 1);
    CHECK(calls.find(3) != nullptr);
}

TEST_CASE("a call that was answered does not expire", "[actors]") {
    open_calls calls;
    calls.add(1, due(start + 1s));
    calls.add(2, due(start + 1s));
    REQUIRE(calls.take(2));
    CHECK(numbers_of(calls.take_expired(start + 1h)) == numbers{1});
}

TEST_CASE("only calls whose bytes were sent are lost with their server", "[actors]") {
    open_calls calls;
    calls.add(1, due(start, true));
    calls.add(2, due(start, false));
    calls.add(3, due(start, true));
    CHECK(numbers_of(calls.take_sent()) == numbers{1, 3});
    CHECK(calls.find(2) != nullptr);
}

TEST_CASE("alarms follow the open calls, also behind one that is never answered", "[actors]") {
    open_calls calls;
    calls.add(0, due(start + 1h));
    std::size_t most = 0;
    for (std::uint64_t number = 1; number <= 100'000; ++number) {
        calls.add(number, due(start + 1h));
        REQUIRE(calls.take(number));
        most = std::max(most, calls.alarms());
    }
    CHECK(most < 5'000);
    CHECK(numbers_of(calls.take_expired(start + 2h)) == numbers{0});
}

TEST_CASE("dropping stale alarms keeps those of 1,000 open calls", "[actors]") {
    open_calls calls;
    std::uint64_t number = 0;
    for (; number < 1'000; ++number) {
        calls.add(number, due(start + 1min));
    }
    for (; number < 50'000; ++number) {
        calls.add(number, due(start + 1min));
        REQUIRE(calls.take(number));
    }
    CHECK(calls.take_expired(start + 1min).size() == 1'000);
    CHECK(calls.alarms() == 0);
}
