#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

// Watches of resources count once the server has accepted them.

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using namespace orch::actors;
using Catch::Matchers::Contains;

namespace {

/// A server whose resources can be watched, and two clients.
struct watched_server : server_fixture {
    watched_server() { serve("watched"); }

    std::uint64_t send(const caf::actor& session, const std::string& uri, resource_watch watch) {
        forward_request request;
        request.session = session;
        request.number = ++last_number;
        request.body = R"({"jsonrpc":"2.0","id":"mine","method":"resources/)" +
                       std::string(watch == resource_watch::begin ? "subscribe" : "unsubscribe") +
                       R"(","params":{"uri":")" + uri + "\"}}";
        request.id = mcp::parse_client_message(request.body).value().id;
        request.item = uri;
        request.list = std::nullopt;
        request.watch = watch;
        tell(server, std::move(request));
        settle();
        return last_number;
    }
    std::uint64_t subscribe(const caf::actor& session, const std::string& uri) {
        return send(session, uri, resource_watch::begin);
    }
    /// The server reads everything that was sent before.
    [[nodiscard]] bool caught_up() { return call_works(); }
    [[nodiscard]] bool answered(inbox& who, std::uint64_t number, const std::string& text) {
        return run_until([&] {
            for (const auto& answer : who.of<request_answered>()) {
                if (answer.number == number && answer.line.find(text) != std::string::npos) {
                    return true;
                }
            }
            return false;
        });
    }
    [[nodiscard]] std::size_t heard(const std::string& method, const std::string& uri) const {
        return transcript_count("resources/" + method + R"(","params":{"uri":")" + uri + "\"");
    }

    inbox second;
    caf::actor other = probe(second);
    std::uint64_t last_number = 2'000'000'000;
};

} // namespace

TEST_CASE_METHOD(watched_server, "C15: a server that sleeps hears of a watch once",
                 "[actors][server]") {
    const auto number = subscribe(caller, "a:1");
    REQUIRE(answered(client, number, "result"));
    REQUIRE(caught_up());
    CHECK(heard("subscribe", "a:1") == 1);
    SECTION("another one joins") {
        CHECK(answered(second, subscribe(other, "a:1"), "result"));
        REQUIRE(caught_up());
        CHECK(heard("subscribe", "a:1") == 1);
    }
    SECTION("its next process hears of it again") {
        call("leave");
        (void)wait_for_failure();
        advance(3s);
        REQUIRE(caught_up());
        CHECK(heard("subscribe", "a:1") == 2);
    }
}

TEST_CASE_METHOD(watched_server, "C15: a watch that the server refuses is none",
                 "[actors][server]") {
    const bool cold = GENERATE(true, false);
    if (!cold) {
        REQUIRE(caught_up());
    }
    REQUIRE(answered(client, subscribe(caller, "no:1"), "-32002"));
    CHECK(answered(second, subscribe(other, "no:1"), "-32002"));
    REQUIRE(caught_up());
    CHECK(heard("subscribe", "no:1") == 2);
}

TEST_CASE_METHOD(watched_server, "C15: who wants what another one waits for shares the answer",
                 "[actors][server]") {
    REQUIRE(caught_up());
    const auto first = subscribe(caller, "late:1");
    const auto joined = subscribe(other, "late:1");
    REQUIRE(caught_up());
    CHECK(second.of<request_answered>().empty());
    CHECK(heard("subscribe", "late:1") == 1);
    SECTION("the answer") {
        // The scripted server gives a late answer when it hears of a cancel.
        tell(server, cancel_request{call("hang"), nullptr});
        CHECK(answered(client, first, "result"));
        CHECK(answered(second, joined, "result"));
    }
    SECTION("the end of time") {
        advance(61s);
        REQUIRE(second.of<request_failed>().size() == 1);
        CHECK(second.of<request_failed>().front().number == joined);
        CHECK(second.of<request_failed>().front().fault == call_fault::timeout);
        CHECK(wait_for_failure().number == first);
    }
    SECTION("the end of the process") {
        call("die");
        REQUIRE(run_until([&] { return second.of<request_failed>().size() == 1; }));
        CHECK(second.of<request_failed>().front().fault == call_fault::lost);
    }
    SECTION("the first one does not want it any more") {
        tell(server, cancel_request{first, nullptr});
        REQUIRE(caught_up());
        CHECK(transcript_count("notifications/cancelled") == 0);
        tell(server, cancel_request{call("hang"), nullptr});
        CHECK(answered(second, joined, "result"));
        CHECK_FALSE(answer_to(first));
    }
    SECTION("nobody wants it any more") {
        tell(server, cancel_request{first, nullptr});
        tell(server, cancel_request{joined, nullptr});
        REQUIRE(caught_up());
        CHECK(transcript_count("notifications/cancelled") == 1);
    }
}

TEST_CASE_METHOD(watched_server, "C15: a watch that was taken back before its answer is ended",
                 "[actors][server]") {
    REQUIRE(caught_up());
    const auto first = subscribe(caller, "late:1");
    REQUIRE(answered(client, send(caller, "late:1", resource_watch::end), "result"));
    tell(server, cancel_request{call("hang"), nullptr});
    REQUIRE(answered(client, first, "result"));
    REQUIRE(caught_up());
    CHECK(heard("unsubscribe", "late:1") == 1);
}

TEST_CASE_METHOD(watched_server, "the end of a watch does not wait for its answer for ever",
                 "[actors][server]") {
    REQUIRE(caught_up());
    const auto first = subscribe(caller, "late:deaf");
    REQUIRE(answered(client, send(caller, "late:deaf", resource_watch::end), "result"));
    tell(server, cancel_request{call("hang"), nullptr});
    REQUIRE(answered(client, first, "result"));
    REQUIRE(caught_up());
    REQUIRE(heard("unsubscribe", "late:deaf") == 1);
    const auto before = transcript_count("notifications/cancelled");
    advance(29s);
    REQUIRE(caught_up());
    CHECK(transcript_count("notifications/cancelled") == before);
    advance(2s);
    REQUIRE(caught_up());
    CHECK(transcript_count("notifications/cancelled") == before + 1);
}

TEST_CASE_METHOD(watched_server, "watches that end without an answer leave room for others",
                 "[actors][server]") {
    REQUIRE(caught_up());
    for (std::size_t i = 0; i < 1'100; ++i) {
        const auto number = subscribe(caller, "never:" + std::to_string(i));
        tell(server, cancel_request{number, nullptr});
    }
    CHECK(answered(second, subscribe(other, "a:1"), "result"));
}
