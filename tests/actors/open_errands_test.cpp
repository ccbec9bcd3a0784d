#include "actors/open_errands.hpp"

#include "tests/support/catch.hpp"

using orch::actors::errand_kind;
using orch::actors::open_errands;
using namespace std::chrono_literals;

namespace {

constexpr orch::monotonic_time patient{1h};

} // namespace

TEST_CASE("an errand is over with its answer", "[actors][errands]") {
    open_errands errands;
    (void)errands.add(1, {errand_kind::initialize}, patient);
    (void)errands.add(2, {errand_kind::list_items, 7}, patient);
    const auto over = errands.take(2);
    REQUIRE(over);
    CHECK(over->kind == errand_kind::list_items);
    CHECK(over->listing == 7);
    CHECK_FALSE(errands.take(2));
    CHECK_FALSE(errands.take(3));
    CHECK(errands.take(1)->kind == errand_kind::initialize);
    (void)errands.add(4, {errand_kind::ping}, patient);
    errands.clear();
    CHECK_FALSE(errands.take(4));
}

TEST_CASE("errands that are never answered do not pile up", "[actors][errands]") {
    open_errands errands;
    for (std::uint64_t number = 1; number <= 2'000; number += 2) {
        (void)errands.add(number, {errand_kind::ping}, patient);
        (void)errands.add(number + 1, {errand_kind::list_items, number}, patient);
    }
    CHECK(errands.size() == 2);
    // The latest of each kind is the one whose answer counts.
    CHECK_FALSE(errands.take(1));
    CHECK(errands.take(1'999)->kind == errand_kind::ping);
    CHECK(errands.take(2'000)->listing == 1'999);
}

TEST_CASE("whoever takes the place of an errand hears which one it was", "[actors][errands]") {
    open_errands errands;
    CHECK_FALSE(errands.add(1, {errand_kind::ping}, patient));
    CHECK_FALSE(errands.add(2, {errand_kind::list_items, 1}, patient));
    CHECK(errands.add(3, {errand_kind::ping}, patient) == 1U);
    CHECK(errands.size() == 2);
}

TEST_CASE("errands do not wait for ever", "[actors][errands]") {
    open_errands errands;
    (void)errands.add(1, {errand_kind::ping}, patient);
    (void)errands.add(2, {errand_kind::list_items, 7}, patient + 1s);
    CHECK(errands.take_expired(patient - 1ms).empty());
    const auto expired = errands.take_expired(patient);
    REQUIRE(expired.size() == 1);
    CHECK(expired[0].number == 1);
    CHECK_FALSE(errands.take(1));
    CHECK(errands.take(2)->listing == 7);
}
