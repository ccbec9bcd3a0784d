#include "storage/migrator.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

#include <pqxx/connection>
#include <pqxx/transaction>

#include <array>
#include <thread>

using namespace orch;
using namespace orch::storage;
using namespace orch::test;

namespace {

result<int> migrate_with(session& live, const std::vector<migration>& known) {
    result<int> outcome = error{errc::internal, "not run"};
    const auto ran = live.run(
        [&](pqxx::connection& connection) { outcome = migrate(connection, known); });
    return ran ? outcome : result<int>{ran.error()};
}

const std::vector<migration> two_steps{{1, "first", "CREATE TABLE first (id integer)"},
                                       {2, "second", "CREATE TABLE second (id integer)"}};

} // namespace

TEST_CASE("migrations run once", "[storage][migrator]") {
    database_fixture database{database_fixture::schema::empty};
    session live{database.options()};
    CHECK(migrate_with(live, migrations()).value() == static_cast<int>(migrations().size()));
    CHECK(migrate_with(live, migrations()).value() == 0);
    CHECK(database.value("SELECT max(number) FROM schema_migrations") ==
          std::to_string(migrations().back().number));
}

TEST_CASE("an interrupted migration leaves nothing and runs again", "[storage][migrator]") {
    database_fixture database{database_fixture::schema::empty};
    session live{database.options()};
    auto broken = two_steps;
    broken[1].sql = "CREATE TABLE second (id integer);"
                    "SELECT pg_terminate_backend(pg_backend_pid())";
    const auto interrupted = migrate_with(live, broken);
    REQUIRE(interrupted.has_error());
    CHECK(interrupted.error().code == errc::unavailable);
    CHECK(database.value("SELECT to_regclass('first') IS NOT NULL") == "t");
    CHECK(database.value("SELECT to_regclass('second') IS NULL") == "t");
    CHECK(migrate_with(live, two_steps).value() == 1);
    CHECK(database.value("SELECT to_regclass('second') IS NOT NULL") == "t");
}

TEST_CASE("three starters at once apply each migration once", "[storage][migrator]") {
    database_fixture database{database_fixture::schema::empty};
    std::array<result<int>, 3> outcomes{0, 0, 0};
    std::vector<std::thread> starters;
    for (auto& outcome : outcomes) {
        starters.emplace_back([&outcome, &database] {
            session live{database.options()};
            outcome = migrate_with(live, migrations());
        });
    }
    int applied = 0;
    for (std::size_t i = 0; i < starters.size(); ++i) {
        starters[i].join();
        applied += outcomes[i].value();
    }
    CHECK(applied == static_cast<int>(migrations().size()));
}

TEST_CASE("a schema newer than the program is refused", "[storage][migrator]") {
    database_fixture database{database_fixture::schema::empty};
    session live{database.options()};
    REQUIRE(migrate_with(live, two_steps).has_value());
    const auto refused = migrate_with(live, {two_steps[0]});
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == errc::conflict);
    CHECK(refused.error().detail.find("schema 2, newer than 1") != std::string::npos);
}

TEST_CASE("an applied migration with another content is refused", "[storage][migrator]") {
    database_fixture database{database_fixture::schema::empty};
    session live{database.options()};
    REQUIRE(migrate_with(live, {two_steps[0]}).has_value());
    auto changed = two_steps;
    changed[0].sql = "CREATE TABLE first (id bigint)";
    const auto refused = migrate_with(live, changed);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == errc::conflict);
    CHECK(refused.error().detail.find("0001 (first)") != std::string::npos);
    CHECK(database.value("SELECT to_regclass('second') IS NULL") == "t");
}

TEST_CASE("one connection at a time claims a database", "[storage][migrator]") {
    database_fixture database;
    session second{database.options()};
    result<void> answer;
    const auto claim = [&](pqxx::connection& connection) {
        answer = claim_database(connection);
    };
    {
        session first{database.options()};
        REQUIRE(first.run(claim).has_value());
        CHECK(answer.has_value());
        REQUIRE(first.run(claim).has_value());
        CHECK(answer.has_value());
        REQUIRE(second.run(claim).has_value());
        REQUIRE(answer.has_error());
        CHECK(answer.error().code == errc::conflict);
        CHECK(answer.error().detail.find("another instance") != std::string::npos);
        // The lock ends with the backend, not with the call that closes its socket.
        const auto unlocked = first.run([](pqxx::connection& connection) {
            pqxx::work work{connection};
            work.exec("SELECT pg_advisory_unlock_all()");
            work.commit();
        });
        REQUIRE(unlocked.has_value());
    }
    REQUIRE(second.run(claim).has_value());
    CHECK(answer.has_value());
}
