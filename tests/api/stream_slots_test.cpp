#include "api/stream_slots.hpp"

#include "tests/support/catch.hpp"

using orch::api::stream_slots;

TEST_CASE("one principal cannot take the places of all", "[api][slots]") {
    stream_slots slots(3, 2);
    const auto first = slots.take("key:a");
    auto second = slots.take("key:a");
    REQUIRE(first);
    REQUIRE(second);
    CHECK_FALSE(slots.take("key:a"));
    const auto other = slots.take("key:b");
    REQUIRE(other);
    CHECK_FALSE(slots.take("key:c"));
    second.reset();
    CHECK(slots.take("key:a"));
    CHECK(slots.take("key:c"));
}

TEST_CASE("a place may be given back when nobody hands out any", "[api][slots]") {
    std::shared_ptr<void> slot;
    {
        stream_slots slots(1, 1);
        slot = slots.take("key:a");
    }
    slot.reset();
}
