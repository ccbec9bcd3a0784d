#include "actors/process_wear.hpp"

#include "core/byte_sizes.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using actors::process_wear;
using namespace std::chrono_literals;

namespace {

constexpr monotonic_time start{1h};

struct wear_fixture {
    std::string reason(std::chrono::milliseconds after, std::uint64_t requests = 100) {
        return wear.reason(start + after, requests, [this] {
            ++readings;
            return memory;
        });
    }

    actors::actor_options options;
    process_wear wear{options};
    std::uint64_t memory = 0;
    int readings = 0;
};

} // namespace

TEST_CASE_METHOD(wear_fixture, "without limits a process is never worn", "[actors][process_wear]") {
    wear.born(start, 0);
    memory = 1024 * gib;
    CHECK(reason(10'000h, 1'000'000).empty());
    CHECK(readings == 0);
}

TEST_CASE_METHOD(wear_fixture, "calls count from the start of the process",
                 "[actors][process_wear]") {
    options.process_calls_max = 10;
    wear.born(start, 100);
    CHECK(reason(1s, 109).empty());
    CHECK(reason(1s, 110) == "it was sent 10 calls");
    wear.born(start, 110);
    CHECK(reason(1s, 119).empty());
}

TEST_CASE_METHOD(wear_fixture, "a process is worn when it is old", "[actors][process_wear]") {
    options.process_age_max = 60s;
    wear.born(start, 0);
    CHECK(reason(59'999ms).empty());
    CHECK(reason(60s) == "it is 60 s old");
}

TEST_CASE_METHOD(wear_fixture, "memory is read now and then, and only if it is limited",
                 "[actors][process_wear]") {
    options.process_memory_max = 10 * mib;
    wear.born(start, 0);
    memory = 10 * mib;
    CHECK(reason(9'999ms).empty());
    CHECK(readings == 0);
    CHECK(reason(10s).empty());
    CHECK(reason(15s).empty());
    CHECK(readings == 1);
    memory = 11 * mib;
    CHECK(reason(20s) == "it takes 11 MiB of memory");
}
