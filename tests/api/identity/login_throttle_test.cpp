#include "api/identity/login_throttle.hpp"

#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace orch;
using namespace orch::api;
using namespace std::chrono_literals;

namespace {

const std::string here = "192.0.2.1";
const std::string there = "198.51.100.7";

struct throttled {
    /// Attempts with a wrong password until one is refused.
    std::size_t failures(const std::string& address, const std::string& account) {
        std::size_t count = 0;
        while (count < 1'000 && !throttle.begin_login(address, account)) {
            ++count;
        }
        return count;
    }
    /// The same with another account each time.
    std::size_t sprayed(const std::string& address) {
        std::size_t count = 0;
        while (count < 1'000 && !throttle.begin_login(address, fmt::format("u{}@x.y", next++))) {
            ++count;
        }
        return count;
    }

    manual_clock clock;
    login_throttle throttle{clock};
    int next = 0;
};

} // namespace

TEST_CASE_METHOD(throttled, "an account takes five failures from one address",
                 "[api][login_throttle]") {
    CHECK(failures(here, "ada@x.y") == 5);
    CHECK(throttle.begin_login(here, "ada@x.y") == 60s);
    clock.advance(59'001ms);
    CHECK(throttle.begin_login(here, "ada@x.y") == 1s);
    clock.advance(999ms);
    CHECK(failures(here, "ada@x.y") == 1);
    clock.advance(5min);
    CHECK(failures(here, "ada@x.y") == 5);
}

TEST_CASE_METHOD(throttled, "an address takes ten failures whatever the accounts",
                 "[api][login_throttle]") {
    CHECK(sprayed(here) == 10);
    CHECK(throttle.begin_login(here, "new@x.y") == 30s);
    clock.advance(30s);
    CHECK(sprayed(here) == 1);
    clock.advance(5min);
    CHECK(sprayed(here) == 10);
}

TEST_CASE_METHOD(throttled, "nobody is locked out from another address", "[api][login_throttle]") {
    for (int attacker = 0; attacker < 100; ++attacker) {
        CHECK(failures(fmt::format("203.0.113.{}", attacker), "ada@x.y") == 5);
    }
    CHECK_FALSE(throttle.begin_login(here, "ada@x.y"));
}

TEST_CASE_METHOD(throttled, "a refused attempt does not make the wait longer",
                 "[api][login_throttle]") {
    CHECK(failures(here, "ada@x.y") == 5);
    for (int i = 0; i < 100; ++i) {
        CHECK(throttle.begin_login(here, "ada@x.y") == 60s);
    }
    clock.advance(60s);
    CHECK_FALSE(throttle.begin_login(here, "ada@x.y"));
    // Nor does it cost the address anything: 6 of 10 are gone, 2 came back.
    CHECK(sprayed(here) == 6);
}

TEST_CASE_METHOD(throttled, "a success forgives the account's failures", "[api][login_throttle]") {
    for (int i = 0; i < 4; ++i) {
        REQUIRE_FALSE(throttle.begin_login(here, "ada@x.y"));
    }
    REQUIRE_FALSE(throttle.begin_login(here, "ada@x.y"));
    throttle.login_succeeded(here, "ada@x.y");
    CHECK(failures(here, "ada@x.y") == 5);
}

TEST_CASE_METHOD(throttled, "an account of one's own buys no guesses at others",
                 "[api][login_throttle]") {
    std::size_t guesses = 0;
    for (int i = 0; i < 100; ++i) {
        if (!throttle.begin_login(here, fmt::format("victim{}@x.y", i))) {
            ++guesses;
        }
        if (!throttle.begin_login(here, "mine@x.y")) {
            throttle.login_succeeded(here, "mine@x.y");
        }
    }
    CHECK(guesses == 10);
}

TEST_CASE_METHOD(throttled, "logins that succeed are not limited", "[api][login_throttle]") {
    for (int i = 0; i < 100; ++i) {
        REQUIRE_FALSE(throttle.begin_login(here, "ada@x.y"));
        throttle.login_succeeded(here, "ada@x.y");
    }
    CHECK(failures(here, "ada@x.y") == 5);
}

TEST_CASE_METHOD(throttled, "a withdrawn attempt never was, earlier ones still count",
                 "[api][login_throttle]") {
    for (int i = 0; i < 3; ++i) {
        REQUIRE_FALSE(throttle.begin_login(here, "ada@x.y"));
    }
    for (int i = 0; i < 100; ++i) {
        REQUIRE_FALSE(throttle.begin_login(here, "ada@x.y"));
        throttle.login_withdrawn(here, "ada@x.y");
    }
    CHECK(failures(here, "ada@x.y") == 2);
    CHECK(sprayed(here) == 5);
}

TEST_CASE_METHOD(throttled, "attempts made at the same time count before their outcome is known",
                 "[api][login_throttle]") {
    std::atomic<int> allowed{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int turn = 0; turn < 200; ++turn) {
                allowed += throttle.begin_login(here, "ada@x.y") ? 0 : 1;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(allowed == 5);
}

TEST_CASE_METHOD(throttled, "an IPv6 network is one client, an IPv4 address is one",
                 "[api][login_throttle]") {
    CHECK(sprayed("2001:db8:0:1::1") == 10);
    CHECK(sprayed("2001:db8:0:1:ffff:ffff:ffff:ffff") == 0);
    CHECK(sprayed("2001:0db8:0000:0001::2") == 0);
    CHECK(sprayed("2001:db8:0:2::1") == 10);
    CHECK(sprayed("192.0.2.1") == 10);
    CHECK(sprayed("::ffff:192.0.2.1") == 0);
    CHECK(sprayed("192.0.2.2") == 10);
    CHECK(sprayed("fe80::1%1") == 10);
    CHECK(sprayed("fe80::2%1") == 0);
    CHECK(sprayed("") == 10);
    CHECK(sprayed("no address") == 10);
    CHECK(sprayed("no address") == 0);
}

TEST_CASE_METHOD(throttled, "five accounts an hour are made from one address",
                 "[api][login_throttle]") {
    for (int i = 0; i < 5; ++i) {
        REQUIRE_FALSE(throttle.begin_sign_up(here));
    }
    CHECK(throttle.begin_sign_up(here) == 720s);
    CHECK_FALSE(throttle.begin_sign_up(there));
    throttle.sign_up_withdrawn(here);
    CHECK_FALSE(throttle.begin_sign_up(here));
    CHECK(throttle.begin_sign_up(here));
    clock.advance(12min);
    CHECK_FALSE(throttle.begin_sign_up(here));
    CHECK(throttle.begin_sign_up(here));
    // Logins are counted apart.
    CHECK(sprayed(here) == 10);
}

TEST_CASE("the throttle is bounded, the oldest entry goes first", "[api][login_throttle]") {
    manual_clock clock;
    login_throttle throttle(clock, {.entries_max = 10});
    const auto fill = [&](const std::string& address) {
        while (!throttle.begin_sign_up(address)) {
        }
    };
    for (int i = 0; i < 10; ++i) {
        fill(fmt::format("192.0.2.{}", i));
    }
    REQUIRE(throttle.entries() == 10);
    // The first is used again after its window's share, so the second is the oldest.
    clock.advance(12min);
    REQUIRE_FALSE(throttle.begin_sign_up("192.0.2.0"));
    fill("198.51.100.1");
    CHECK(throttle.entries() == 10);
    CHECK(throttle.begin_sign_up("192.0.2.0") == 720s);
    CHECK_FALSE(throttle.begin_sign_up("192.0.2.1"));
    CHECK_FALSE(throttle.begin_sign_up("192.0.2.1"));
}

TEST_CASE("a flood leaves at most 50,000 entries", "[api][login_throttle]") {
    manual_clock clock;
    login_throttle throttle(clock);
    for (int i = 0; i < 30'000; ++i) {
        REQUIRE_FALSE(throttle.begin_login(fmt::format("10.1.{}.{}", i / 250, i % 250), "a@x.y"));
    }
    CHECK(throttle.entries() == 50'000);
    // One address alone adds next to nothing.
    clock.advance(10min);
    for (int i = 0; i < 1'000; ++i) {
        static_cast<void>(throttle.begin_login(here, fmt::format("u{}@x.y", i)));
    }
    CHECK(throttle.entries() <= 11);
}
