#include "app/cli/connect_journal.hpp"

#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace orch::app::cli;

namespace {

constexpr const char* hello =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})";
constexpr const char* welcome = R"({"jsonrpc":"2.0","id":0,"result":{"capabilities":{}}})";

std::string call(const std::string& id) {
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"tools/call","params":{"name":"echo"}})";
}

connect_journal initialized(const char* answer = welcome) {
    connect_journal journal("own-");
    static_cast<void>(journal.take_client_line(hello));
    static_cast<void>(journal.take_server_message(answer));
    return journal;
}

connect_journal agreed_on(const std::string& revision) {
    return initialized(
        fmt::format(R"({{"jsonrpc":"2.0","id":0,"result":{{"protocolVersion":"{}",)"
                    R"("capabilities":{{}},"serverInfo":{{"name":"s","version":"1"}}}}}})",
                    revision)
            .c_str());
}

/// What the one message of a line comes to.
connect_journal::heard hear(connect_journal& journal, const std::string& line) {
    auto all = journal.take_client_line(line);
    REQUIRE(all.size() == 1);
    return std::move(all.front());
}

constexpr const char* batch =
    R"([{"jsonrpc":"2.0","id":7,"method":"ping"},{"jsonrpc":"2.0","method":"n"}])";

} // namespace

TEST_CASE("a message goes on as it is", "[app][connect]") {
    connect_journal journal("own-");
    const std::string line = R"( {"id" : "x", "jsonrpc":"2.0","method":"ping"} )";
    const auto heard = hear(journal, line);
    CHECK(heard.forward == line);
    CHECK(heard.id == "\"x\"");
    CHECK(heard.answer.empty());
    CHECK_FALSE(journal.is_idle());
    const auto* const answer = R"({"jsonrpc":"2.0","id":"x","result":{}})";
    CHECK(journal.take_server_message(answer) == answer);
    CHECK(journal.is_idle());
}

TEST_CASE("what is no message is answered at once, with its id if it has one", "[app][connect]") {
    connect_journal journal("own-");
    CHECK(journal.take_client_line("  \t").empty());
    const auto broken = hear(journal, "{\"jsonrpc\":\"2.0\",");
    CHECK(broken.forward.empty());
    CHECK_THAT(broken.answer, Catch::Contains("-32700") && !Catch::Contains("\"id\""));
    const auto shapeless = hear(journal, R"({"jsonrpc":"2.0","id":4})");
    CHECK_THAT(shapeless.answer, Catch::Contains("-32600") && Catch::Contains("\"id\":4"));
    CHECK_THAT(connect_journal::refuse_long_line(20, 16),
               Catch::Contains("-32600") && Catch::Contains("20") && Catch::Contains("16"));
    CHECK(journal.is_idle());
}

TEST_CASE("a broken connection answers what is open, once", "[app][connect]") {
    auto journal = agreed_on("2025-03-26");
    static_cast<void>(journal.take_client_line(call("1")));
    static_cast<void>(journal.take_client_line(call("\"1\"")));
    static_cast<void>(journal.take_client_line(batch));
    static_cast<void>(journal.take_server_message(
        R"({"jsonrpc":"2.0","id":"s1","method":"elicitation/create","params":{}})"));
    const auto lines = journal.fail_all("gone");
    REQUIRE(lines.size() == 4);
    CHECK(lines[0] == R"({"jsonrpc":"2.0","id":"1","error":{"code":-32603,"message":"gone"}})");
    CHECK_THAT(lines[1], Catch::Contains(R"("id":1,)"));
    CHECK_THAT(lines[2], Catch::Contains(R"("id":7,)"));
    CHECK_THAT(lines[3], Catch::Contains("notifications/cancelled") &&
                             Catch::Contains(R"({"requestId":"s1"})"));
    CHECK(journal.is_idle());
    CHECK(journal.fail_all("gone").empty());
    CHECK(journal.is_over("1"));
    CHECK_FALSE(journal.is_over(""));
    CHECK(journal.fail("1", "late").empty());
}

TEST_CASE("F6: the messages of a batch go on one by one, where batches were agreed on",
          "[app][connect]") {
    auto journal = agreed_on("2025-03-26");
    const auto heard = journal.take_client_line(batch);
    REQUIRE(heard.size() == 2);
    CHECK(heard[0].forward == R"({"jsonrpc":"2.0","id":7,"method":"ping"})");
    CHECK(heard[0].id == "7");
    CHECK(heard[1].forward == R"({"jsonrpc":"2.0","method":"n"})");
    CHECK(heard[1].id.empty());
    CHECK_THAT(hear(journal, "[1,").answer, Catch::Contains("-32700"));

    auto later = agreed_on("2025-06-18");
    CHECK_THAT(hear(later, batch).answer,
               Catch::Contains("-32600") && Catch::Contains("2025-03-26"));
    CHECK(later.is_idle());
}

TEST_CASE("a question that the server withdrew is not cancelled again", "[app][connect]") {
    auto journal = initialized();
    static_cast<void>(journal.take_server_message(
        R"({"jsonrpc":"2.0","id":5,"method":"elicitation/create","params":{}})"));
    static_cast<void>(journal.take_server_message(
        R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}})"));
    CHECK(journal.fail_all("gone").empty());
}

TEST_CASE("a session is begun anew only if it had begun", "[app][connect]") {
    connect_journal journal("own-");
    CHECK(journal.greeting().empty());
    static_cast<void>(journal.take_client_line(hello));
    CHECK(journal.greeting().empty());
    static_cast<void>(journal.take_server_message(
        R"({"jsonrpc":"2.0","id":0,"error":{"code":-32602,"message":"no"}})"));
    CHECK(journal.greeting().empty());
}

SCENARIO("a session goes on over a second connection", "[app][connect]") {
    GIVEN("a client with a log level and two subscriptions, one of them given up") {
        auto journal = initialized();
        for (
            const auto* line :
            {R"({"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"info"}})",
             R"({"jsonrpc":"2.0","id":2,"method":"resources/subscribe","params":{"uri":"a:1"}})",
             R"({"jsonrpc":"2.0","id":3,"method":"resources/subscribe","params":{"uri":"a:2"}})",
             R"({"jsonrpc":"2.0","id":4,"method":"resources/unsubscribe","params":{"uri":"a:1"}})"}) {
            static_cast<void>(journal.take_client_line(line));
        }
        static_cast<void>(journal.fail_all("gone"));
        WHEN("the next connection is greeted") {
            CHECK(journal.greeting() ==
                  R"({"jsonrpc":"2.0","id":"own-1","method":"initialize","params":)"
                  R"({"protocolVersion":"2025-11-25"}})");
            CHECK(journal.awaits_greeting());
            THEN("its answers stay here, and what outlives a connection is said again") {
                CHECK(journal.take_server_message(R"({"jsonrpc":"2.0","id":"own-1","result":{}})")
                          .empty());
                CHECK_FALSE(journal.awaits_greeting());
                CHECK(journal.greeting_fault().empty());
                const auto rest = journal.after_greeting();
                REQUIRE(rest.size() == 3);
                CHECK_THAT(rest[0], Catch::Contains("notifications/initialized"));
                CHECK_THAT(rest[1], Catch::Contains("logging/setLevel"));
                CHECK_THAT(rest[2], Catch::Contains("a:2"));
                CHECK(journal.take_server_message(R"({"jsonrpc":"2.0","id":"own-3","result":{}})")
                          .empty());
            }
            THEN("a refusal is kept for the requests that wait") {
                CHECK(
                    journal
                        .take_server_message(
                            R"({"jsonrpc":"2.0","id":"own-1","error":{"code":-1,"message":"no"}})")
                        .empty());
                CHECK(journal.greeting_fault() == "no");
            }
        }
    }
}

TEST_CASE("more requests than anybody has open are refused", "[app][connect]") {
    connect_journal journal("own-");
    for (int id = 0; id < 10'000; ++id) {
        REQUIRE(hear(journal, call(std::to_string(id))).answer.empty());
    }
    CHECK_THAT(hear(journal, call("10000")).answer, Catch::Contains("10000"));
}
