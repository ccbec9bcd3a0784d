#include "actors/password_actor.hpp"

#include "actors/bridge/ask.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/password_cost.hpp"

#include <optional>

using namespace orch;
using namespace orch::test;
using actors::password_checked;
using actors::password_hashed;

namespace {

const std::string good = "correct horse battery staple";
constexpr std::chrono::seconds timeout{30};
constexpr crypto::password_cost old_cost{.passes = 2, .memory_bytes = 8 * kib};

crypto::secret_text_ptr secret(std::string text) {
    return std::make_shared<const crypto::secret_text>(std::move(text));
}

struct keeper : actor_fixture {
    ~keeper() { end_actors(); }

    actors::password_ticket ticket() {
        auto entered = gate.enter();
        REQUIRE(entered);
        return entered;
    }
    template <class T, class Message>
    result<T> ask(Message message) {
        std::optional<result<T>> answer;
        actors::bridge::ask_command<T>(system, unit(), passwords, std::move(message), timeout,
                                       [&](result<T> given) {
                                           waiting_at_answer = gate.waiting();
                                           answer = std::move(given);
                                       });
        REQUIRE(run_until([&] { return answer.has_value(); }));
        return *answer;
    }
    result<password_hashed> hash(const std::string& text) {
        return ask<password_hashed>(actors::hash_password{secret(text), ticket()});
    }
    password_checked check(const std::string& text, const std::string& stored) {
        auto answer = ask<password_checked>(actors::check_password{secret(text), stored, ticket()});
        REQUIRE(answer.has_value());
        return *answer;
    }

    actors::password_gate gate{4};
    std::size_t waiting_at_answer = 99;
    caf::actor passwords = spawn<actors::password_actor>(least_cost);
};

} // namespace

TEST_CASE_METHOD(keeper, "the right password matches, another does not", "[actors][password]") {
    const auto hashed = hash(good);
    REQUIRE(hashed.has_value());
    const auto right = check(good, hashed->hash);
    CHECK(right.match);
    CHECK_FALSE(right.rehashed);
    const auto wrong = check("incorrect horse", hashed->hash);
    CHECK_FALSE(wrong.match);
    CHECK_FALSE(wrong.rehashed);
}

TEST_CASE_METHOD(keeper, "what no password may be is answered with the reason",
                 "[actors][password]") {
    const auto refused = hash("short");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == errc::invalid_argument);
    CHECK_FALSE(check(std::string(1'025, 'x'), *crypto::hash_password(good, least_cost)).match);
}

TEST_CASE_METHOD(keeper, "an unknown account never matches", "[actors][password]") {
    const auto answer = check(good, "");
    CHECK_FALSE(answer.match);
    CHECK_FALSE(answer.rehashed);
    CHECK_FALSE(check("", "").match);
}

TEST_CASE_METHOD(keeper, "an unknown account costs the work of a known one", "[actors][password]") {
    constexpr crypto::password_cost costly{.passes = 1, .memory_bytes = 32 * mib};
    const auto spent = [this](const crypto::password_cost& cost) {
        passwords = spawn<actors::password_actor>(cost);
        const auto before = std::clock();
        CHECK_FALSE(check(good, "").match);
        return std::clock() - before;
    };
    const auto least = spent(least_cost);
    CHECK(spent(costly) > least * 3);
}

TEST_CASE_METHOD(keeper, "a match brings the hash up to today's cost", "[actors][password]") {
    const auto old = *crypto::hash_password(good, old_cost);
    const auto answer = check(good, old);
    CHECK(answer.match);
    REQUIRE(answer.rehashed);
    CHECK_FALSE(crypto::needs_rehash(*answer.rehashed, least_cost));
    CHECK(check(good, *answer.rehashed).match);
    CHECK_FALSE(check("incorrect horse", old).rehashed);
}

TEST_CASE_METHOD(keeper, "the place is free again when the answer arrives", "[actors][password]") {
    REQUIRE(hash(good).has_value());
    CHECK(waiting_at_answer == 0);
    waiting_at_answer = 99;
    CHECK_FALSE(hash("short").has_value());
    CHECK(waiting_at_answer == 0);
    waiting_at_answer = 99;
    CHECK_FALSE(check(good, "").match);
    CHECK(waiting_at_answer == 0);
}

TEST_CASE_METHOD(keeper, "a command that found no place is refused", "[actors][password]") {
    actors::password_gate closed(0);
    const auto refused = ask<password_hashed>(actors::hash_password{secret(good), closed.enter()});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == errc::unavailable);
    const auto stored = *crypto::hash_password(good, least_cost);
    REQUIRE(check(good, stored).match);
    CHECK_FALSE(ask<password_checked>(actors::check_password{secret(good), stored, closed.enter()})
                    .has_value());
}

TEST_CASE_METHOD(keeper, "places are taken until the actor comes to them", "[actors][password]") {
    for (int i = 0; i < 4; ++i) {
        tell(passwords, actors::hash_password{secret(good), ticket()});
    }
    CHECK(gate.waiting() == 4);
    CHECK_FALSE(gate.enter());
    settle();
    CHECK(gate.waiting() == 0);
}

TEST_CASE_METHOD(keeper, "the places of dropped messages are free again", "[actors][password]") {
    tell(passwords, actors::hash_password{secret(good), ticket()});
    caf::anon_send_exit(passwords, caf::exit_reason::kill);
    tell(passwords, actors::hash_password{secret(good), ticket()});
    settle();
    tell(passwords, actors::hash_password{secret(good), ticket()});
    settle();
    CHECK(gate.waiting() == 0);
}

TEST_CASE_METHOD(keeper, "it works on a thread of its own", "[actors][password]") {
    passwords = system.spawn<actors::password_actor, caf::detached>(least_cost);
    adopt(passwords);
    const auto hashed = hash(good);
    REQUIRE(hashed.has_value());
    CHECK(check(good, hashed->hash).match);
}
