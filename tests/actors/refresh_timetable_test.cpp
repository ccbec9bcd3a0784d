#include "actors/refresh_timetable.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using actors::refresh_timetable;
using namespace std::chrono_literals;

namespace {

/// A timetable on a clock that the test moves; without jitter where the test does not say so.
struct timetable_fixture {
    [[nodiscard]] refresh_timetable::moment now() const { return refresh_timetable::now_of(clock); }
    void start(double jitter = 0) { table.emplace(stored, now(), jitter); }
    [[nodiscard]] bool begins_after(std::chrono::milliseconds pause) {
        clock.advance(pause);
        return table->begins(now(), 0);
    }
    model::refresh_run finish() { return table->finish({5, 2, 3, 1}, "", now()); }
    [[nodiscard]] std::chrono::milliseconds next() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            table->next_run(now()).value() - clock.wall());
    }
    /// The same settings as before, changed by `edit`, one revision on.
    template <class Edit>
    void adopt(Edit edit) {
        auto settings = table->schedule();
        edit(settings);
        ++settings.revision;
        table->adopt(settings, now(), 0);
    }

    manual_clock clock;
    model::refresh_schedule stored = [this] {
        model::refresh_schedule schedule;
        schedule.resumed_at = clock.wall();
        schedule.revision = 1;
        return schedule;
    }();
    std::optional<refresh_timetable> table;
};

} // namespace

TEST_CASE_METHOD(timetable_fixture, "runs begin an interval apart, counted from their beginnings",
                 "[actors][scheduler]") {
    start();
    CHECK_FALSE(begins_after(299s));
    CHECK(begins_after(1s));
    clock.advance(20s);
    const auto run = finish();
    CHECK(run.started_at == clock.wall() - 20s);
    CHECK(run.duration == 20s);
    CHECK(run.trigger == model::refresh_trigger::schedule);
    CHECK(run.counts.tools_synced == 3);
    CHECK(table->schedule().last_execution == run.started_at);
    CHECK_FALSE(begins_after(279s));
    CHECK(begins_after(1s));
}

TEST_CASE_METHOD(timetable_fixture, "jitter adds up to a tenth of the interval",
                 "[actors][scheduler]") {
    start(0.5);
    CHECK(next() == 315s);
    clock.advance(315s);
    CHECK(table->begins(now(), 1));
    CHECK(next() == 330s);
}

TEST_CASE_METHOD(timetable_fixture, "a restart goes on where the last run began",
                 "[actors][scheduler]") {
    stored.resumed_at -= 1h;
    SECTION("the next run is due an interval after it") {
        stored.last_execution = clock.wall() - 200s;
        start();
        CHECK(next() == 100s);
        CHECK_FALSE(begins_after(99s));
        CHECK(begins_after(1s));
    }
    SECTION("an overdue run comes soon, but not at once") {
        stored.last_execution = clock.wall() - 400s;
        start(0.5);
        CHECK(next() == 7500ms);
    }
    SECTION("a schedule that never ran is overdue, too") {
        start();
        CHECK(next() == 5s);
    }
    SECTION("a clock that was set back puts nothing off beyond an interval") {
        stored.last_execution = clock.wall() + 24h;
        start();
        CHECK(next() == 300s);
    }
    SECTION("what was switched off stays off") {
        stored.running = false;
        start();
        CHECK_FALSE(begins_after(24h));
        CHECK_FALSE(table->next_run(now()).has_value());
    }
}

TEST_CASE_METHOD(timetable_fixture, "a run that is due during another is counted and left out",
                 "[actors][scheduler]") {
    stored.skipped_count = 7;
    start();
    REQUIRE(begins_after(300s));
    CHECK_FALSE(begins_after(300s));
    CHECK(table->schedule().skipped_count == 8);
    CHECK_FALSE(begins_after(1s));
    CHECK(table->schedule().skipped_count == 8);
    finish();
    CHECK_FALSE(begins_after(298s));
    CHECK(begins_after(1s));
}

TEST_CASE_METHOD(timetable_fixture, "without coalescing, one such run follows at once",
                 "[actors][scheduler]") {
    stored.coalesce = false;
    start();
    REQUIRE(begins_after(300s));
    CHECK_FALSE(begins_after(300s));
    CHECK(table->schedule().skipped_count == 0);
    // A second one is too many.
    CHECK_FALSE(begins_after(300s));
    CHECK(table->schedule().skipped_count == 1);
    finish();
    CHECK(begins_after(0s));
    finish();
    CHECK_FALSE(begins_after(0s));
}

TEST_CASE_METHOD(timetable_fixture, "a run that was asked for is alone, and moves the next one",
                 "[actors][scheduler]") {
    start();
    clock.advance(200s);
    REQUIRE(table->begin_now(now(), 0).has_value());
    CHECK(table->manual());
    const auto refused = table->begin_now(now(), 0);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == errc::conflict);
    CHECK(finish().trigger == model::refresh_trigger::manual);
    CHECK(next() == 300s);
}

TEST_CASE_METHOD(timetable_fixture, "a run can be asked for while the schedule is off",
                 "[actors][scheduler]") {
    stored.running = false;
    start();
    CHECK(table->begin_now(now(), 0).has_value());
    finish();
    CHECK_FALSE(begins_after(24h));
}

TEST_CASE_METHOD(timetable_fixture, "settings take effect when they are adopted",
                 "[actors][scheduler]") {
    start();
    clock.advance(100s);
    SECTION("a shorter interval counts from the same place") {
        adopt([](auto& settings) { settings.server_check_interval = 120s; });
        CHECK(next() == 20s);
    }
    SECTION("an interval that is over already makes the run overdue") {
        adopt([](auto& settings) { settings.server_check_interval = 60s; });
        CHECK(next() == 5s);
    }
    SECTION("how many servers are checked at once moves nothing") {
        adopt([](auto& settings) { settings.max_workers = 9; });
        CHECK(next() == 200s);
        CHECK(table->schedule().max_workers == 9);
    }
    SECTION("after a pause the first run is an interval away") {
        adopt([](auto& settings) { settings.running = false; });
        CHECK_FALSE(begins_after(1h));
        adopt([&](auto& settings) {
            settings.running = true;
            settings.resumed_at = clock.wall();
        });
        CHECK(next() == 300s);
    }
    SECTION("older settings than the present are left aside") {
        auto old = table->schedule();
        old.running = false;
        table->adopt(old, now(), 0);
        CHECK(table->schedule().running);
    }
    SECTION("where the schedule stands is not among them") {
        REQUIRE(table->begin_now(now(), 0).has_value());
        auto settings = stored;
        settings.revision = 9;
        table->adopt(settings, now(), 0);
        CHECK(table->schedule().last_execution == clock.wall());
        CHECK(table->under_way());
    }
}
