#include "actors/open_errands.hpp"

#include "tests/support/catch.hpp"

using orch::actors::errand_kind;
using orch::actors::open_errands;

TEST_CASE("an errand is over with its answer", "[actors][errands]") {
    open_errands errands;
    errands.add(1, {errand_kind::initialize});
    errands.add(2, {errand_kind::list_tools, 7});
    const auto over = errands.take(2);
    REQUIRE(over);
    CHECK(over->kind == errand_kind::list_tools);
    CHECK(over->listing == 7);
    CHECK_FALSE(errands.take(2));
    CHECK_FALSE(errands.take(3));
    CHECK(errands.take(1)->kind == errand_kind::initialize);
    errands.add(4, {errand_kind::ping});
    errands.clear();
    CHECK_FALSE(errands.take(4));
}

TEST_CASE("errands that are never answered do not pile up", "[actors][errands]") {
    open_errands errands;
    for (std::uint64_t number = 1; number <= 2'000; number += 2) {
        errands.add(number, {errand_kind::ping});
        errands.add(number + 1, {errand_kind::list_tools, number});
    }
    CHECK(errands.size() == 2);
    // The latest of each kind is the one whose answer counts.
    CHECK_FALSE(errands.take(1));
    CHECK(errands.take(1'999)->kind == errand_kind::ping);
    CHECK(errands.take(2'000)->listing == 1'999);
}
