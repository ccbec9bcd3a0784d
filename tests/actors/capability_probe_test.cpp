#include "actors/capability_probe.hpp"

#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;
using actors::capability_probe;
using namespace std::chrono_literals;

namespace {

class probe_fixture : public actor_fixture {
public:
    ~probe_fixture() { end_actors(); }

    monotonic_time at(std::chrono::milliseconds after) { return begun + after; }

    inbox got;
    inbox other_got;
    caf::actor process = probe(got);
    caf::actor other = probe(other_got);
    monotonic_time begun{1h};
    capability_probe looked;
};

} // namespace

TEST_CASE_METHOD(probe_fixture, "a server that asks nothing in a while asks nobody",
                 "[actors][capability_probe]") {
    CHECK(looked.idle());
    looked.begin(process, begun);
    CHECK_FALSE(looked.due(at(19s)));
    looked.started(process, true, at(5s));
    CHECK_FALSE(looked.due(at(5'999ms)));
    CHECK(looked.due(at(6s)));
    CHECK_FALSE(looked.due(at(7s)));
    CHECK_FALSE(looked.idle());
    CHECK(looked.over());
    REQUIRE(looked.outcome());
    CHECK_FALSE(looked.outcome()->needs_client);
    CHECK(looked.idle());
    CHECK_FALSE(looked.failed());
}

TEST_CASE_METHOD(probe_fixture, "a server that asks is known at once",
                 "[actors][capability_probe]") {
    looked.begin(process, begun);
    SECTION("before it has listed all") { looked.found("asks"); }
    SECTION("after that") {
        looked.started(process, true, at(1s));
        looked.found("asks");
    }
    CHECK(looked.due(at(1s)));
    looked.started(process, true, at(2s));
    CHECK(looked.over());
    REQUIRE(looked.outcome());
    CHECK(looked.outcome()->needs_client);
    CHECK(looked.outcome()->seen == "asks");
}

TEST_CASE_METHOD(probe_fixture, "a probe that told nothing is not repeated",
                 "[actors][capability_probe]") {
    looked.begin(process, begun);
    SECTION("since the server did not start") { looked.started(process, false, at(1s)); }
    SECTION("since it took too long") {}
    CHECK(looked.due(at(20s)));
    CHECK(looked.over());
    CHECK_FALSE(looked.outcome());
    CHECK(looked.failed());
}

TEST_CASE_METHOD(probe_fixture, "a probe that was given up may be repeated",
                 "[actors][capability_probe]") {
    CHECK_FALSE(looked.give_up());
    looked.begin(process, begun);
    looked.started(other, true, at(1s));
    looked.started(process, true, at(1s));
    CHECK(looked.give_up());
    CHECK_FALSE(looked.give_up());
    looked.found("asks");
    CHECK(looked.over());
    CHECK_FALSE(looked.over());
    CHECK_FALSE(looked.outcome());
    CHECK_FALSE(looked.failed());
}
