#include "actors/key_ledger.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::actors;
using namespace std::chrono_literals;

namespace {

struct ledger_fixture {
    manual_clock clock;
    key_ledger ledger{clock};
    key_id key = key_id::random();

    std::optional<std::chrono::seconds> wait(const model::key_limits& limits) {
        return ledger.begin_call(key, limits).wait;
    }
};

} // namespace

TEST_CASE_METHOD(ledger_fixture, "a key without limits is never held back", "[actors][keys]") {
    for (int i = 0; i < 10'000; ++i) {
        REQUIRE_FALSE(wait({}));
    }
}

TEST_CASE_METHOD(ledger_fixture, "calls per minute come back when the minute is over",
                 "[actors][keys]") {
    const model::key_limits limits{2, 0, 0};
    CHECK_FALSE(wait(limits));
    clock.advance(20s);
    CHECK_FALSE(wait(limits));
    CHECK(wait(limits) == 40s);
    clock.advance(39s);
    CHECK(wait(limits) == 1s);
    clock.advance(1s);
    CHECK_FALSE(wait(limits));
}

TEST_CASE_METHOD(ledger_fixture, "calls per day outlast the minute", "[actors][keys]") {
    const model::key_limits limits{0, 1, 0};
    CHECK_FALSE(wait(limits));
    clock.advance(1h);
    CHECK(wait(limits) == 23h);
    clock.advance(23h);
    CHECK_FALSE(wait(limits));
}

TEST_CASE_METHOD(ledger_fixture, "a call at once is free again when its permit goes",
                 "[actors][keys]") {
    const model::key_limits limits{0, 0, 1};
    auto first = ledger.begin_call(key, limits);
    REQUIRE(first.permit != nullptr);
    CHECK(wait(limits) == 1s);
    first.permit.reset();
    CHECK_FALSE(wait(limits));
}

TEST_CASE_METHOD(ledger_fixture, "keys have their counts for themselves", "[actors][keys]") {
    const model::key_limits limits{1, 0, 0};
    CHECK_FALSE(wait(limits));
    CHECK(wait(limits));
    key = key_id::random();
    CHECK_FALSE(wait(limits));
}

TEST_CASE_METHOD(ledger_fixture, "a use is handed out once a minute, or when all are wanted",
                 "[actors][keys]") {
    using taking = key_ledger::taking;
    CHECK_FALSE(ledger.last_use(key));
    ledger.note_use(key, "192.0.2.1");
    CHECK(ledger.take_uses(taking::due).size() == 1);
    CHECK(ledger.take_uses(taking::due).empty());
    clock.advance(10s);
    ledger.note_use(key, "192.0.2.2");
    CHECK(ledger.take_uses(taking::due).empty());
    CHECK(ledger.last_use(key)->ip_address == "192.0.2.2");
    const auto all = ledger.take_uses(taking::all);
    REQUIRE(all.size() == 1);
    CHECK(all[0].at == clock.wall());
    CHECK(ledger.take_uses(taking::all).empty());
}

TEST_CASE_METHOD(ledger_fixture, "uses that could not be stored are handed out again",
                 "[actors][keys]") {
    using taking = key_ledger::taking;
    ledger.note_use(key, "192.0.2.1");
    const auto lost = ledger.take_uses(taking::due);
    REQUIRE(lost.size() == 1);
    ledger.give_back(lost);
    const auto again = ledger.take_uses(taking::due);
    REQUIRE(again.size() == 1);
    CHECK(again[0].ip_address == "192.0.2.1");
    CHECK(ledger.take_uses(taking::due).empty());
}

TEST_CASE_METHOD(ledger_fixture, "keys that are gone are forgotten, their open calls end well",
                 "[actors][keys]") {
    auto open = ledger.begin_call(key, {0, 0, 1});
    ledger.note_use(key, "192.0.2.1");
    ledger.keep_only({});
    CHECK_FALSE(ledger.last_use(key));
    open.permit.reset();
    CHECK_FALSE(wait({0, 0, 1}));
}
