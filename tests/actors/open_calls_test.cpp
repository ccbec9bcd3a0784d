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

TEST_CASE("sent calls that were postponed expire at their new deadline", "[actors]") {
    open_calls calls;
    calls.add(1, due(start + 1s, true));
    calls.add(2, due(start + 1s));
    calls.postpone(start, start + 10s);
    calls.add(3, due(start + 2s));
    CHECK(numbers_of(calls.take_expired(start + 1s)) == numbers{2});
    CHECK(numbers_of(calls.take_expired(start + 2s)) == numbers{3});
    calls.find(1)->limit = start + 1h;
    calls.find(1)->timeout = 2s;
    calls.resume(start + 3s);
    CHECK(calls.take_expired(start + 4s).empty());
    CHECK(numbers_of(calls.take_expired(start + 5s)) == numbers{1});
    CHECK(calls.take_expired(start + 1h).empty());
}

TEST_CASE("a call that is postponed for ever keeps few alarms", "[actors]") {
    open_calls calls;
    calls.add(1, due(start, true));
    for (int i = 0; i < 100'000; ++i) {
        calls.postpone(start, start + std::chrono::milliseconds(i));
        calls.add(2, due(start + 1s));
        REQUIRE(calls.take(2));
    }
    CHECK(calls.alarms() < 5'000);
}

TEST_CASE("progress moves the deadline of its call, up to a limit", "[actors]") {
    open_calls calls;
    for (const std::uint64_t number : {1, 2}) {
        auto call = due(start + 10s, true);
        call.timeout = 10s;
        call.limit = start + 25s;
        calls.add(number, call);
    }
    calls.prolong(1, start + 9s);
    calls.prolong(3, start + 9s);
    CHECK(numbers_of(calls.take_expired(start + 10s)) == numbers{2});
    calls.prolong(1, start + 1s);
    CHECK(calls.take_expired(start + 18s).empty());
    calls.prolong(1, start + 18s);
    CHECK(calls.take_expired(start + 24s).empty());
    CHECK(numbers_of(calls.take_expired(start + 25s)) == numbers{1});
    CHECK(calls.alarms() == 0);
}

TEST_CASE("a call that waits for its start makes no progress", "[actors]") {
    open_calls calls;
    auto call = due(start + 10s);
    call.timeout = 10s;
    call.limit = start + 100s;
    calls.add(1, call);
    calls.prolong(1, start + 9s);
    CHECK(numbers_of(calls.take_expired(start + 10s)) == numbers{1});
}

TEST_CASE("progress without end keeps one alarm", "[actors]") {
    open_calls calls;
    auto call = due(start + 1s, true);
    call.timeout = 1s;
    call.limit = start + 1h;
    calls.add(1, call);
    for (int i = 0; i < 100'000; ++i) {
        calls.prolong(1, start + std::chrono::milliseconds(i));
    }
    CHECK(calls.alarms() == 1);
    CHECK(calls.take_expired(start + 100s).empty());
    CHECK(numbers_of(calls.take_expired(start + 101s)) == numbers{1});
}

TEST_CASE("the time of a person does not count against the limit", "[actors]") {
    open_calls calls;
    auto call = due(start + 10s, true);
    call.timeout = 10s;
    call.limit = start + 20s;
    calls.add(1, call);
    calls.postpone(start, start + 10min);
    CHECK(calls.take_expired(start + 9min).empty());
    calls.resume(start + 9min);
    CHECK(calls.find(1)->deadline == start + 9min + 10s);
    calls.postpone(start + 9min + 15s, start + 20min);
    calls.resume(start + 9min + 15s);
    CHECK(calls.take_expired(start + 9min + 19s).empty());
    CHECK(numbers_of(calls.take_expired(start + 9min + 20s)) == numbers{1});
}

TEST_CASE("a call whose server asks people again and again ends all the same", "[actors]") {
    open_calls calls;
    auto call = due(start + 10s, true);
    call.timeout = 10s;
    call.limit = start + 100s;
    call.last = start + 1h;
    calls.add(1, call);
    auto now = start;
    for (; now < start + 1h; now += 2s) {
        REQUIRE(calls.take_expired(now).empty());
        calls.postpone(now, now + 10min);
        calls.resume(now + 2s);
    }
    CHECK(numbers_of(calls.take_expired(start + 1h)) == numbers{1});
}

TEST_CASE("a call that is sent while a person is asked begins its time-out when they answer",
          "[actors]") {
    open_calls calls;
    auto call = due(start + 10s, true);
    call.timeout = 10s;
    call.limit = start + 100s;
    calls.add(1, call);
    calls.postpone(start, start + 10min);
    call.deadline = start + 5min + 10s;
    call.limit = start + 5min + 100s;
    calls.add(2, call);
    calls.postpone(start + 5min, start + 10min);
    CHECK(calls.take_expired(start + 9min).empty());
    calls.resume(start + 9min);
    CHECK(calls.find(2)->limit == start + 9min + 100s);
    CHECK(calls.find(2)->deadline == start + 9min + 10s);
    CHECK(calls.find(1)->limit == start + 9min + 100s);
}

TEST_CASE("what is said on the stream of a call is its own", "[actors]") {
    open_calls calls;
    calls.add(7, due(start, true));
    calls.add(5, due(start, true));
    CHECK(calls.who_waits(5).sessions == 1);
    CHECK(calls.who_waits(5).latest == 5);
    CHECK(calls.who_waits(6).sessions == 0);
}

TEST_CASE("it is known whose calls were sent", "[actors]") {
    open_calls calls;
    CHECK(calls.who_waits().sessions == 0);
    calls.add(1, due(start));
    CHECK(calls.who_waits().sessions == 0);
    calls.add(7, due(start, true));
    calls.add(5, due(start, true));
    CHECK(calls.who_waits().sessions == 1);
    CHECK(calls.who_waits().latest == 7);
}
