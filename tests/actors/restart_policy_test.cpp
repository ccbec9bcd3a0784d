#include "actors/restart_policy.hpp"

#include "tests/support/catch.hpp"

using namespace std::chrono_literals;
using orch::monotonic_time;
using orch::actors::restart_policy;

namespace {

const monotonic_time start{1h};

} // namespace

TEST_CASE("U1: the first crash restarts at once, later ones after growing pauses", "[actors]") {
    restart_policy policy;
    CHECK(policy.crashed(start, 0.0).at == start);
    auto pause = 0ms;
    for (int crash = 2; crash <= 5; ++crash) {
        const auto decision = policy.crashed(start, 0.0);
        CHECK(decision.kind == restart_policy::verdict::restart_at);
        const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(decision.at -
                                                                                start);
        CHECK(wait > pause);
        pause = wait;
    }
}

TEST_CASE("more than five crashes within a minute give up until the window has slid", "[actors]") {
    restart_policy policy;
    for (int crash = 0; crash < 5; ++crash) {
        REQUIRE(policy.crashed(start + crash * 1s, 0.0).kind ==
                restart_policy::verdict::restart_at);
    }
    const auto sixth = policy.crashed(start + 5s, 0.0);
    CHECK(sixth.kind == restart_policy::verdict::give_up);
    CHECK(sixth.at == start + 60s);
    CHECK(sixth.crashes == 6);
}

TEST_CASE("crashes older than the window are forgotten", "[actors]") {
    restart_policy policy;
    for (int crash = 0; crash < 5; ++crash) {
        REQUIRE(policy.crashed(start, 0.0).kind == restart_policy::verdict::restart_at);
    }
    // The edge of the window still counts, beyond it nothing does.
    SECTION("at the edge") {
        CHECK(policy.crashed(start + 60s, 0.0).kind == restart_policy::verdict::give_up);
    }
    SECTION("beyond") {
        const auto later = start + 60s + 1ms;
        CHECK(policy.crashed(later, 0.0).at == later);
    }
    SECTION("on request") {
        policy.reset();
        CHECK(policy.crashed(start, 0.0).at == start);
    }
}

TEST_CASE("one crash every 20 s never gives up", "[actors]") {
    restart_policy policy;
    for (int crash = 0; crash < 100; ++crash) {
        REQUIRE(policy.crashed(start + crash * 20s, 0.5).kind ==
                restart_policy::verdict::restart_at);
    }
}

TEST_CASE("jitter makes a pause longer, by less than half, and the pause has a maximum",
          "[actors]") {
    const restart_policy::limits limits{20, 600s, 200ms, 1'000ms};
    restart_policy calm{limits};
    restart_policy nervous{limits};
    for (int crash = 0; crash < 20; ++crash) {
        const auto plain = calm.crashed(start, 0.0).at - start;
        const auto spread = nervous.crashed(start, 0.99).at - start;
        CHECK(plain <= 1'000ms);
        CHECK(spread >= plain);
        CHECK(spread <= plain + plain / 2);
    }
}
