#include "actors/password_gate.hpp"

#include "tests/support/catch.hpp"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using orch::actors::password_gate;
using orch::actors::password_ticket;

TEST_CASE("a full gate lets nobody in until somebody leaves", "[actors][password]") {
    password_gate gate;
    std::vector<password_ticket> inside;
    for (int i = 0; i < 32; ++i) {
        auto ticket = gate.enter();
        REQUIRE(ticket);
        inside.push_back(ticket);
    }
    CHECK(gate.waiting() == 32);
    CHECK_FALSE(gate.enter());
    CHECK_FALSE(gate.enter());
    inside.pop_back();
    CHECK(gate.waiting() == 31);
    CHECK(gate.enter());
}

TEST_CASE("copies of a ticket hold one place until the last is gone", "[actors][password]") {
    password_gate gate(1);
    std::vector<password_ticket> held;
    {
        const auto ticket = gate.enter();
        REQUIRE(ticket);
        held.assign(3, ticket);
    }
    while (!held.empty()) {
        CHECK(gate.waiting() == 1);
        CHECK_FALSE(gate.enter());
        held.pop_back();
    }
    CHECK(gate.waiting() == 0);
    CHECK(gate.enter());
}

TEST_CASE("a ticket may outlive its gate", "[actors][password]") {
    auto gate = std::make_unique<password_gate>(1);
    std::vector<password_ticket> held{gate->enter()};
    REQUIRE(held.front());
    gate.reset();
    held.clear();
}

TEST_CASE("threads never get in beyond the maximum", "[actors][password]") {
    constexpr int maximum = 3;
    password_gate gate(maximum);
    std::atomic<int> inside{0};
    std::atomic<int> most{0};
    std::atomic<int> entered{0};
    const auto run = [&] {
        for (int i = 0; i < 5'000; ++i) {
            if (auto ticket = gate.enter()) {
                ++entered;
                const int now = ++inside;
                for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
                }
                --inside;
            }
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back(run);
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(entered >= 5'000);
    CHECK(most <= maximum);
    CHECK(gate.waiting() == 0);
}
