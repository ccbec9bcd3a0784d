#include "actors/tail_gate.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using verdict = actors::tail_gate::verdict;

TEST_CASE("a tail gate lets through what it has room for", "[actors][tail]") {
    actors::tail_gate gate(100);
    CHECK(gate.admit(60) == verdict::passed);
    CHECK(gate.admit(40) == verdict::passed);
    CHECK(gate.admit(1) == verdict::tell);
    gate.release(60);
    CHECK(gate.admit(60) == verdict::passed);
}

TEST_CASE("a tail is told once of what it misses, until it has heard it", "[actors][tail]") {
    actors::tail_gate gate(10);
    CHECK(gate.admit(11) == verdict::tell);
    CHECK(gate.admit(11) == verdict::silent);
    // What follows may pass: the tail reads the database before it.
    CHECK(gate.admit(10) == verdict::passed);
    gate.heard();
    CHECK(gate.admit(1) == verdict::tell);
}

TEST_CASE("nobody watches at first", "[actors][tail]") {
    actors::tail_gate gate(10);
    CHECK_FALSE(gate.is_watched());
    gate.set_watched(true);
    CHECK(gate.is_watched());
}
