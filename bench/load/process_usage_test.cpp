#include "tests/support/catch.hpp"

#include "bench/load/process_usage.hpp"

#include <array>

#include <unistd.h>

using orch::bench::open_descriptors;

TEST_CASE("descriptors of a process are counted", "[bench][process_usage]") {
    const auto before = open_descriptors(::getpid());
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    CHECK(open_descriptors(::getpid()) == before + 2);
    ::close(ends[0]);
    CHECK(open_descriptors(::getpid()) == before + 1);
    ::close(ends[1]);
    CHECK(open_descriptors(::getpid()) == before);
}
