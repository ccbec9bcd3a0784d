#include "storage/database.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>

#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;

namespace {

void select_one(pqxx::connection& connection) {
    pqxx::nontransaction work{connection};
    work.exec1("SELECT 1");
}

std::future<result<void>> submit(database& queue, database::task work) {
    auto promised = std::make_shared<std::promise<result<void>>>();
    auto answer = promised->get_future();
    queue.submit(std::move(work),
                 [promised](result<void> outcome) { promised->set_value(std::move(outcome)); });
    return answer;
}

result<void> wait(std::future<result<void>> answer) {
    REQUIRE(answer.wait_for(15s) == std::future_status::ready);
    return answer.get();
}

/// Asks until the back-off of the connection has passed.
bool works_again(const std::function<result<void>()>& ask) {
    const auto deadline = std::chrono::steady_clock::now() + 15s;
    while (std::chrono::steady_clock::now() < deadline) {
        if (ask().has_value()) {
            return true;
        }
        std::this_thread::yield();
    }
    return false;
}

errc code_of(const std::function<void()>& work) {
    const auto outcome = guarded(work);
    REQUIRE(outcome.has_error());
    return outcome.error().code;
}

} // namespace

TEST_CASE("exceptions of the library become error codes", "[storage][database]") {
    CHECK(guarded([] {}).has_value());
    CHECK(code_of([] { throw pqxx::broken_connection{"gone"}; }) == errc::unavailable);
    CHECK(code_of([] { throw pqxx::sql_error{"x", "q", "23505"}; }) == errc::conflict);
    CHECK(code_of([] { throw pqxx::sql_error{"x", "q", "57014"}; }) == errc::timeout);
    CHECK(code_of([] { throw pqxx::sql_error{"x", "q", "53300"}; }) == errc::unavailable);
    CHECK(code_of([] { throw pqxx::sql_error{"x", "q", "57P01"}; }) == errc::unavailable);
    CHECK(code_of([] { throw pqxx::sql_error{"x", "q", "42601"}; }) == errc::internal);
    CHECK(code_of([] { throw std::logic_error{"x"}; }) == errc::internal);
}

TEST_CASE("an error text has the first line alone, without rows", "[storage][database]") {
    const auto outcome = guarded(
        [] { throw pqxx::sql_error{"ERROR:  bad row\nDETAIL:  Failing row contains (secret)."}; });
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().detail == "bad row");
}

TEST_CASE("a stopped server answers unavailable and a started one works again",
          "[storage][database]") {
    database_fixture fixture;
    auto& cluster = database_cluster::shared();
    session own{fixture.options()};
    database queue{fixture.options()};
    REQUIRE(own.run(select_one).has_value());
    REQUIRE(wait(submit(queue, select_one)).has_value());
    cluster.stop();
    const auto lost = own.run(select_one);
    const auto refused = wait(submit(queue, select_one));
    cluster.start();
    REQUIRE(lost.has_error());
    CHECK(lost.error().code == errc::unavailable);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == errc::unavailable);
    CHECK(works_again([&] { return own.run(select_one); }));
    CHECK(works_again([&] { return wait(submit(queue, select_one)); }));
}

TEST_CASE("a restart of the server between two tasks costs no task", "[storage][database]") {
    database_fixture fixture;
    session own{fixture.options()};
    REQUIRE(own.run(select_one).has_value());
    database_cluster::shared().stop();
    database_cluster::shared().start();
    const auto outcome = own.run(select_one);
    INFO((outcome ? "" : outcome.error().detail));
    CHECK(outcome.has_value());
}

TEST_CASE("a connection that breaks in its task reports it and is replaced",
          "[storage][database]") {
    database_fixture fixture;
    session own{fixture.options()};
    const auto outcome = own.run([](pqxx::connection& connection) {
        pqxx::nontransaction work{connection};
        work.exec("SELECT pg_terminate_backend(pg_backend_pid())");
    });
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == errc::unavailable);
    CHECK(own.run(select_one).has_value());
}

TEST_CASE("a statement over its time limit ends with timeout", "[storage][database]") {
    database_fixture fixture;
    auto options = fixture.options();
    options.statement_timeout = 20ms;
    session own{options};
    const auto outcome = own.run([](pqxx::connection& connection) {
        pqxx::nontransaction work{connection};
        work.exec("SELECT pg_sleep(60)");
    });
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == errc::timeout);
    CHECK(own.run(select_one).has_value());
}

TEST_CASE("a full queue answers busy at once, a closed one cancelled", "[storage][database]") {
    database_fixture fixture;
    auto options = fixture.options();
    options.connections = 1;
    options.queue_max = 1;
    auto queue = std::make_unique<database>(options);
    std::promise<void> entered;
    std::promise<void> gate;
    auto running = submit(*queue, [&](pqxx::connection&) {
        entered.set_value();
        gate.get_future().wait();
    });
    REQUIRE(entered.get_future().wait_for(15s) == std::future_status::ready);
    auto waiting = submit(*queue, select_one);
    auto refused = submit(*queue, select_one);
    REQUIRE(refused.wait_for(0s) == std::future_status::ready);
    CHECK(refused.get().error().code == errc::busy);
    auto closing = std::async(std::launch::async, [&] { queue.reset(); });
    const auto abandoned = wait(std::move(waiting));
    CHECK(abandoned.error().code == errc::cancelled);
    gate.set_value();
    const auto completed = wait(std::move(running));
    CHECK(completed.has_value());
    closing.get();
}
