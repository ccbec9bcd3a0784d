#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"

#include <caf/scoped_actor.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <future>
#include <set>
#include <thread>
#include <utility>

using namespace orch;
using namespace orch::test;

namespace {

/// Sends itself the next message for ever, or a number of times.
class looping final : public actors::bridge::pinned_actor {
public:
    looping(caf::actor_config& config, actors::bridge::io_unit& home, int& turns, const int& limit)
        : pinned_actor(config, home), turns_(turns), limit_(limit) {}

    caf::behavior make_behavior() override {
        return caf::behavior{[this](actors::tick) {
            if (++turns_ < limit_) {
                caf::anon_send(caf::actor_cast<caf::actor>(this), actors::tick{});
            }
        }};
    }

private:
    int& turns_;
    const int& limit_;
};

/// Only a test that fails waits this long.
constexpr std::chrono::seconds hang_guard{15};

/// Is busy until it is told to end. Tells the thread that it began on, and counts that thread's
/// end.
class endless final : public actors::bridge::pinned_actor {
public:
    endless(caf::actor_config& config, actors::bridge::io_unit& home,
            std::promise<std::thread::id>& begun, std::atomic<int>& threads_ended)
        : pinned_actor(config, home), begun_(begun), threads_ended_(threads_ended) {}

    caf::behavior make_behavior() override {
        return caf::behavior{[this](actors::tick) {
            if (!std::exchange(running_, true)) {
                thread_local const last_breath counted{threads_ended_};
                begun_.set_value(std::this_thread::get_id());
            }
            caf::anon_send(caf::actor_cast<caf::actor>(this), actors::tick{});
        }};
    }

private:
    struct last_breath {
        std::atomic<int>& ended;
        ~last_breath() { ++ended; }
    };

    std::promise<std::thread::id>& begun_;
    std::atomic<int>& threads_ended_;
    bool running_ = false;
};

/// Notes that it runs, and asks for a note at the end of the turn.
class noting final : public actors::bridge::pinned_actor {
public:
    noting(caf::actor_config& config, actors::bridge::io_unit& home, std::string& notes)
        : pinned_actor(config, home), notes_(notes) {}

    caf::behavior make_behavior() override {
        return caf::behavior{[this](actors::tick) {
            notes_ += 'a';
            home().at_turn_end([this] { notes_ += 'e'; });
        }};
    }

private:
    std::string& notes_;
};

class throwing final : public actors::bridge::pinned_actor {
public:
    using pinned_actor::pinned_actor;
    caf::behavior make_behavior() override {
        return caf::behavior{[](actors::tick) {
            throw std::runtime_error("a fault of ours");
        }};
    }
};

} // namespace

TEST_CASE_METHOD(actor_fixture, "an actor gets messages of one sender in order",
                 "[actors][bridge]") {
    inbox box;
    const auto target = probe(box);
    for (std::uint64_t i = 0; i < 1'000; ++i) {
        tell(target, actors::cancel_request{i});
    }
    settle();
    const auto& got = box.of<actors::cancel_request>();
    REQUIRE(got.size() == 1'000);
    for (std::uint64_t i = 0; i < got.size(); ++i) {
        REQUIRE(got[i].number == i);
    }
}

TEST_CASE_METHOD(actor_fixture, "actors that are always busy leave the reactor its turn",
                 "[actors][bridge]") {
    int turns = 0;
    int limit = 1'000'000;
    const auto loop = spawn<looping>(std::ref(unit()), std::ref(turns), std::cref(limit));
    settle();
    tell(loop, actors::tick{});
    bool reached = false;
    int turns_before = 0;
    boost::asio::post(unit().context(), [&] {
        boost::asio::post(unit().context(), [&] {
            reached = true;
            turns_before = turns;
            limit = 0;
        });
    });
    settle();
    CHECK(reached);
    // Two turns of the drain at most: 256 resumes of 64 messages each.
    CHECK(turns_before > 0);
    CHECK(turns_before <= 3 * 256 * 64);
}

TEST_CASE_METHOD(actor_fixture, "a busy actor does not starve its neighbour", "[actors][bridge]") {
    int turns = 0;
    int limit = 1'000'000;
    inbox box;
    const auto loop = spawn<looping>(std::ref(unit()), std::ref(turns), std::cref(limit));
    const auto quiet = probe(box);
    settle();
    tell(loop, actors::tick{});
    tell(quiet, actors::cancel_request{1});
    int turns_before = 0;
    boost::asio::post(unit().context(), [&] { turns_before = turns, limit = 0; });
    settle();
    CHECK(box.of<actors::cancel_request>().size() == 1);
    CHECK(turns_before < 1'000'000);
}

TEST_CASE("numbers are unique over all units and exact in a double", "[actors][bridge]") {
    actor_fixture fixture(8);
    std::set<std::uint64_t> seen;
    for (std::size_t unit = 0; unit < 8; ++unit) {
        for (int i = 0; i < 1'000; ++i) {
            const auto number = fixture.unit(unit).next_number();
            CHECK(number < (std::uint64_t{1} << 53));
            CHECK(seen.insert(number).second);
        }
    }
}

TEST_CASE("a message crosses from one unit to another", "[actors][bridge]") {
    actor_fixture fixture(2);
    inbox box;
    const auto far = fixture.probe(box, 1);
    fixture.settle();
    boost::asio::post(fixture.unit(0).context(),
                      [&] { fixture.tell(far, actors::cancel_request{5}); });
    fixture.unit(0).poll();
    CHECK(box.of<actors::cancel_request>().empty());
    fixture.unit(1).poll();
    CHECK(box.of<actors::cancel_request>().size() == 1);
}

TEST_CASE_METHOD(actor_fixture, "messages of a foreign thread arrive", "[actors][bridge]") {
    inbox box;
    const auto target = probe(box);
    std::thread sender([&] {
        for (std::uint64_t i = 0; i < 10'000; ++i) {
            tell(target, actors::cancel_request{i});
        }
    });
    const bool arrived = run_until(
        [&] { return box.of<actors::cancel_request>().size() == 10'000; });
    sender.join();
    CHECK(arrived);
}

TEST_CASE_METHOD(actor_fixture, "dispatch runs at once on its own unit, else later",
                 "[actors][bridge]") {
    int ran = 0;
    unit().dispatch([&] { ++ran; });
    CHECK(ran == 0);
    settle();
    CHECK(ran == 1);
    boost::asio::post(unit().context(), [&] {
        CHECK(unit().here());
        unit().dispatch([&] { ++ran; });
        CHECK(ran == 2);
    });
    settle();
    CHECK(ran == 2);
    CHECK_FALSE(unit().here());
}

TEST_CASE_METHOD(actor_fixture, "the end of a turn comes when all ready actors have run",
                 "[actors][bridge]") {
    std::string notes;
    const auto first = spawn<noting>(std::ref(unit()), std::ref(notes));
    const auto second = spawn<noting>(std::ref(unit()), std::ref(notes));
    caf::anon_send(first, actors::tick{});
    caf::anon_send(second, actors::tick{});
    settle();
    CHECK(notes == "aaee");
    unit().dispatch([&] { unit().at_turn_end([&] { notes += 'p'; }); });
    settle();
    CHECK(notes == "aaeep");
}

TEST_CASE_METHOD(actor_fixture, "a task comes after its delay", "[actors][bridge]") {
    bool early = false;
    bool due = false;
    unit().after(std::chrono::hours{1}, [&] { early = true; });
    unit().after(std::chrono::milliseconds{1}, [&] { due = true; });
    CHECK(run_until([&] { return due; }));
    CHECK_FALSE(early);
}

TEST_CASE_METHOD(actor_fixture, "an exception ends its actor and nothing else",
                 "[actors][bridge]") {
    inbox box;
    const auto other = probe(box);
    const auto faulty = spawn<throwing>(std::ref(unit()));
    settle();
    const auto before = system.registry().running();
    tell(faulty, actors::tick{});
    settle();
    CHECK(system.registry().running() == before - 1);
    tell(other, actors::cancel_request{1});
    settle();
    CHECK(box.of<actors::cancel_request>().size() == 1);
}

TEST_CASE("units with threads of their own end with their system", "[actors][bridge]") {
    constexpr std::size_t units = 2;
    const manual_clock clock;
    std::atomic<int> threads_ended{0};
    std::array<std::promise<std::thread::id>, units> begun;
    {
        actors::bridge::system_config config(units, actors::bridge::unit_threads::own, clock);
        caf::actor_system system(config);
        auto& coordinator = actors::bridge::coordinator::of(system);
        REQUIRE(coordinator.unit_count() == units);
        std::set<std::thread::id> threads{std::this_thread::get_id()};
        for (std::size_t i = 0; i < units; ++i) {
            const auto busy = system.spawn<endless>(std::ref(coordinator.unit(i)),
                                                    std::ref(begun[i]), std::ref(threads_ended));
            caf::anon_send(busy, actors::tick{});
            auto thread = begun[i].get_future();
            REQUIRE(thread.wait_for(hang_guard) == std::future_status::ready);
            CHECK(threads.insert(thread.get()).second);
            caf::scoped_actor self(system);
            self->monitor(busy);
            self->send_exit(busy, caf::exit_reason::user_shutdown);
            bool ended = false;
            self->receive([&](const caf::down_msg&) { ended = true; },
                          caf::after(hang_guard) >> [] {});
            REQUIRE(ended);
        }
        CHECK(threads_ended == 0);
    }
    CHECK(threads_ended == units);
}
