#include "actors/event_history.hpp"

#include "tests/support/catch.hpp"

#include <string>

using namespace orch;
using namespace orch::actors;
using namespace std::chrono_literals;

namespace {

constexpr monotonic_time start{1h};

net::frame event(std::size_t bytes) { return std::make_shared<const std::string>(bytes, 'x'); }
net::frame event(const std::string& text) { return std::make_shared<const std::string>(text); }

std::string texts(const std::vector<net::frame>& events) {
    std::string all;
    for (const auto& each : events) {
        all += *each;
    }
    return all;
}

struct kept {
    explicit kept(event_limits limits = {}, std::size_t budget_bytes = 1'000'000)
        : budget(std::make_shared<event_budget>(budget_bytes)), history(limits, budget) {}

    std::shared_ptr<event_budget> budget;
    event_history history;
};

const auto anything = [](event_place) {
    return true;
};

} // namespace

TEST_CASE("F12: only the events of the same stream come again, from the last one on",
          "[actors][events]") {
    kept all;
    all.history.keep({1, 1}, event("a"), start);
    all.history.keep({2, 1}, event("X"), start);
    all.history.keep({1, 2}, event("b"), start);
    all.history.keep({0, 7}, event("Y"), start);
    all.history.keep({1, 3}, event("c"), start);
    CHECK(texts(all.history.after({1, 0})) == "abc");
    CHECK(texts(all.history.after({1, 2})) == "c");
    CHECK(all.history.after({1, 3}).empty());
    CHECK(texts(all.history.after({0, 6})) == "Y");
    CHECK(all.history.after({3, 0}).empty());
}

TEST_CASE("beyond the number of events or of bytes the oldest go", "[actors][events]") {
    kept few({3, 1000});
    for (std::uint64_t i = 1; i <= 5; ++i) {
        few.history.keep({1, i}, event(std::to_string(i)), start);
    }
    CHECK(texts(few.history.after({1, 0})) == "345");
    kept small({100, 10});
    small.history.keep({1, 1}, event(std::size_t{6}), start);
    small.history.keep({1, 2}, event(std::size_t{4}), start);
    CHECK(small.history.size() == 2);
    small.history.keep({1, 3}, event(std::size_t{1}), start);
    CHECK(small.history.size() == 2);
    CHECK(small.history.bytes() == 5);
    CHECK(small.budget->used() == 5);
}

TEST_CASE("one event may be larger than the history", "[actors][events]") {
    kept small({100, 10});
    small.history.keep({1, 1}, event(std::size_t{6}), start);
    small.history.keep({1, 2}, event(std::size_t{50}), start);
    CHECK(small.history.size() == 1);
    CHECK(small.history.after({1, 1}).size() == 1);
    small.history.keep({1, 3}, event(std::size_t{2}), start);
    CHECK(small.history.bytes() == 2);
}

TEST_CASE("sessions share a budget, and a full one costs a session its own oldest events only",
          "[actors][events]") {
    kept first({100, 100}, 20);
    event_history second({100, 100}, first.budget);
    first.history.keep({1, 1}, event(std::size_t{12}), start);
    second.keep({1, 1}, event(std::size_t{5}), start);
    second.keep({1, 2}, event(std::size_t{8}), start);
    CHECK(first.history.size() == 1);
    CHECK(second.after({1, 0}).size() == 1);
    CHECK(second.after({1, 1}).size() == 1);
    second.keep({1, 3}, event(std::size_t{9}), start);
    CHECK(second.size() == 0);
    CHECK(first.budget->used() == 12);
}

TEST_CASE("what is old and dispensable is forgotten, and gives its bytes back",
          "[actors][events]") {
    auto budget = std::make_shared<event_budget>();
    {
        event_history history({}, budget);
        history.keep({1, 1}, event("a"), start);
        history.keep({2, 1}, event("b"), start);
        history.keep({1, 2}, event("c"), start + 10s);
        history.forget(start + 5s, [](event_place place) { return place.stream == 1; });
        CHECK(texts(history.after({1, 0})) == "c");
        CHECK(texts(history.after({2, 0})) == "b");
        CHECK(budget->used() == 2);
        history.forget(start + 1h, anything);
        CHECK(history.size() == 0);
        CHECK(budget->used() == 0);
        history.keep({1, 3}, event("d"), start);
        CHECK(budget->used() == 1);
    }
    CHECK(budget->used() == 0);
}
