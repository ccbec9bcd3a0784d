#include "actors/output_gate.hpp"

#include "tests/support/catch.hpp"

namespace {

using orch::manual_clock;
using orch::actors::output_gate;

TEST_CASE("notes pass at a limited rate and the rest is counted", "[actors][output_gate]") {
    manual_clock clock;
    output_gate gate(clock, {.notes_per_second = 2});
    CHECK(gate.admit_note());
    CHECK(gate.admit_note());
    CHECK_FALSE(gate.admit_note());
    CHECK_FALSE(gate.admit_note());
    CHECK(gate.take_skipped() == 0); // The second is not over.
    clock.advance(std::chrono::seconds(1));
    CHECK(gate.take_skipped() == 2);
    CHECK(gate.take_skipped() == 0);
    CHECK(gate.admit_note());
}

TEST_CASE("at the end of a life the rest is told before its second is over",
          "[actors][output_gate]") {
    manual_clock clock;
    output_gate gate(clock, {.notes_per_second = 1});
    CHECK(gate.admit_note());
    CHECK_FALSE(gate.admit_note());
    CHECK(gate.take_last_skipped() == 1);
    CHECK(gate.take_last_skipped() == 0);
}

TEST_CASE("lines wait up to a number and up to a size", "[actors][output_gate]") {
    manual_clock clock;
    output_gate gate(clock, {.waiting_lines_max = 3, .waiting_bytes_max = 100});
    CHECK(gate.enter(10));
    CHECK(gate.enter(10));
    CHECK(gate.enter(10));
    CHECK_FALSE(gate.enter(10));
    gate.leave(10);
    CHECK(gate.enter(90));
    gate.leave(10);
    CHECK_FALSE(gate.enter(1)); // Three lines would be allowed, 100 bytes are there.
    gate.leave(90);
    CHECK(gate.enter(1));
}

TEST_CASE("a flood is told of once", "[actors][output_gate]") {
    manual_clock clock;
    output_gate gate(clock, {});
    CHECK(gate.trip());
    CHECK_FALSE(gate.trip());
}

} // namespace
