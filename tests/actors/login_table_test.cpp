#include "actors/login_table.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace std::chrono_literals;
using actors::login_table;

namespace {

struct signed_in {
    manual_clock clock;
    login_table table{clock, {.idle = 30min, .absolute = 12h, .per_user_max = 3}};
    user_id ada = user_id::random();

    model::login login(const std::string& token, const user_id& user) const {
        return {token, user, clock.wall(), clock.wall(), "127.0.0.1", "browser"};
    }
    std::size_t add(const std::string& token) { return table.add(login(token, ada)).size(); }
};

} // namespace

TEST_CASE_METHOD(signed_in, "a login leads to its user until it was idle too long",
                 "[actors][logins]") {
    CHECK(add("a") == 0);
    clock.advance(29min);
    CHECK(table.use("a") == ada);
    clock.advance(29min);
    CHECK(table.use("a") == ada);
    CHECK_FALSE(table.use("b"));
    clock.advance(30min);
    CHECK_FALSE(table.use("a"));
}

TEST_CASE_METHOD(signed_in, "to look who holds a login does not prolong it", "[actors][logins]") {
    CHECK(add("a") == 0);
    clock.advance(29min);
    CHECK(table.holder("a") == ada);
    CHECK_FALSE(table.holder("b"));
    clock.advance(1min);
    CHECK_FALSE(table.holder("a"));
}

TEST_CASE_METHOD(signed_in, "a login ends in time however much it is used", "[actors][logins]") {
    CHECK(add("a") == 0);
    for (int use = 0; use < 47; ++use) {
        clock.advance(15min);
        REQUIRE(table.use("a") == ada);
    }
    clock.advance(15min);
    CHECK_FALSE(table.use("a"));
}

TEST_CASE_METHOD(signed_in, "one login too many ends the one unused for longest",
                 "[actors][logins]") {
    for (const auto* token : {"a", "b", "c"}) {
        CHECK(add(token) == 0);
        clock.advance(1min);
    }
    REQUIRE(table.use("a") == ada);
    const auto gone = table.add(login("d", ada));
    REQUIRE(gone.size() == 1);
    CHECK(gone[0].token_sha256 == "b");
    CHECK_FALSE(table.use("b"));
    CHECK(table.use("a") == ada);
    CHECK(table.add(login("other", user_id::random())).empty());
    CHECK(table.size() == 4);
}

TEST_CASE_METHOD(signed_in, "all logins of a user end but the one that is kept",
                 "[actors][logins]") {
    const auto eve = user_id::random();
    CHECK(add("a") == 0);
    CHECK(add("b") == 0);
    CHECK(table.add(login("eve", eve)).empty());
    table.remove_all(ada, "b");
    CHECK_FALSE(table.use("a"));
    CHECK(table.use("b") == ada);
    CHECK(table.use("eve") == eve);
    table.remove_all(ada, "");
    CHECK_FALSE(table.use("b"));
    table.remove("eve");
    CHECK(table.size() == 0);
}

TEST_CASE_METHOD(signed_in, "a use is handed out for storing once a minute, an end once",
                 "[actors][logins]") {
    CHECK(add("a") == 0);
    CHECK(add("b") == 0);
    clock.advance(59s);
    REQUIRE(table.use("a"));
    CHECK(table.take_changes().used.empty());
    clock.advance(1s);
    REQUIRE(table.use("a"));
    const auto changes = table.take_changes();
    REQUIRE(changes.used.size() == 1);
    CHECK(changes.used[0].token_sha256 == "a");
    CHECK(changes.used[0].last_seen_at == clock.wall());
    CHECK(table.take_changes().used.empty());
    clock.advance(29min);
    REQUIRE(table.use("a"));
    const auto over = table.take_changes().over;
    REQUIRE(over.size() == 1);
    CHECK(over[0].token_sha256 == "b");
    CHECK(table.take_changes().over.empty());
    CHECK(table.size() == 1);
}

TEST_CASE_METHOD(signed_in, "stored logins are taken over with their ages", "[actors][logins]") {
    auto used = login("used", ada);
    auto idle = login("idle", ada);
    idle.last_seen_at -= 31min;
    idle.created_at -= 31min;
    table.load({used, idle});
    CHECK(table.use("used") == ada);
    CHECK_FALSE(table.use("idle"));
}
