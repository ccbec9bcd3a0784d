#include "mcp/streamable_client.hpp"

#include "tests/mcp/remote_script.hpp"

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using verb = mcp::remote_request::verb;

namespace {

/// A client whose session "s1" is open; `stream` is its GET.
struct open_session {
    explicit open_session(mcp::remote_limits limits = {}) : client(port, std::move(limits)) {
        REQUIRE(client.send(initialize));
        client.answered(port.take_one().number, json(200, "s1"), hello());
        REQUIRE(client.send(initialized));
        client.answered(port.take_one().number, json(202), "");
        stream = port.take_one();
        port.lines.clear();
        port.streams.clear();
    }

    remote_script::asked send(const std::string& line) {
        REQUIRE(client.send(line));
        return port.take_one();
    }

    remote_script port;
    mcp::streamable_client client;
    remote_script::asked stream;
};

} // namespace

TEST_CASE("the handshake is in order and carries session and version", "[mcp][remote]") {
    remote_script port;
    mcp::streamable_client client{port, {}};
    REQUIRE(client.send(initialize));
    const auto greeting = port.take_one();
    CHECK(greeting.request.method == verb::post);
    CHECK(greeting.body() == initialize);
    CHECK(greeting.header("Accept") == "application/json, text/event-stream");
    CHECK(greeting.header("Content-Type") == "application/json");
    CHECK(greeting.header("Mcp-Session-Id").empty());
    CHECK(greeting.header("MCP-Protocol-Version").empty());
    REQUIRE(client.send(call("2")));
    CHECK(port.take().empty());
    client.answered(greeting.number, json(200, "s1"), hello("2025-06-18"));
    CHECK(port.lines == std::vector<std::string>{hello("2025-06-18")});
    CHECK(port.take().empty());
    REQUIRE(client.send(initialized));
    const auto confirmation = port.take_one();
    CHECK(confirmation.header("Mcp-Session-Id") == "s1");
    CHECK(confirmation.header("MCP-Protocol-Version") == "2025-06-18");
    client.answered(confirmation.number, json(202), "");
    const auto next = port.take();
    REQUIRE(next.size() == 2);
    CHECK(next[0].request.method == verb::get);
    CHECK(next[0].header("Accept") == "text/event-stream");
    CHECK(next[0].header("Mcp-Session-Id") == "s1");
    CHECK(next[1].body() == call("2"));
}

TEST_CASE("an answer comes as JSON, as a list or as events, and says whose it is",
          "[mcp][remote]") {
    open_session session;
    auto& port = session.port;
    SECTION("JSON, made one line") {
        session.client.answered(session.send(call("2")).number, json(),
                                "{\"jsonrpc\":\"2.0\",\n\"id\":2,\r\n\"result\":{}}\n");
        REQUIRE(port.lines.size() == 1);
        CHECK_THAT(port.lines[0], Contains(R"("id":2)") && !Contains("\n"));
    }
    SECTION("a list") {
        session.client.answered(session.send(call("2")).number, json(),
                                R"([{"jsonrpc":"2.0","method":"notifications/progress"} , )" +
                                    answer_to("2") + "]");
        REQUIRE(port.lines.size() == 2);
        CHECK(port.lines[1] == answer_to("2"));
    }
    SECTION("events") {
        const auto number = session.send(call("2")).number;
        session.client.stream_began(number, events());
        session.client.stream_event(number, event(R"({"jsonrpc":"2.0","id":"q","method":"x"})"));
        session.client.stream_event(number, event(answer_to("2")));
        REQUIRE(port.lines.size() == 2);
        CHECK(port.released == std::vector<std::uint64_t>{number});
    }
    CHECK(port.streams.back() == "2");
    CHECK(port.losses.empty());
    CHECK(port.ends.empty());
}

TEST_CASE("405 to the stream of the server is no fault, and it is not asked for again",
          "[mcp][remote]") {
    open_session session;
    session.client.answered(session.stream.number, json(405), "");
    CHECK(session.port.take().empty());
    CHECK(session.port.notes.empty());
    session.client.answered(session.send(call("2")).number, json(), answer_to("2"));
    CHECK(session.port.take().empty());
}

TEST_CASE("U5: a stream that broke is taken up again where it was", "[mcp][remote]") {
    open_session session;
    auto& port = session.port;
    const auto number = session.send(call("2")).number;
    session.client.stream_began(number, events());
    auto priming = event("", "e1");
    priming.retry = 500ms;
    session.client.stream_event(number, priming);
    session.client.failed(number, {true, "the connection was lost"});
    const auto resumed = port.take_one();
    CHECK(resumed.request.method == verb::get);
    CHECK(resumed.header("Last-Event-ID") == "e1");
    CHECK(resumed.header("Mcp-Session-Id") == "s1");
    CHECK(resumed.request.delay == 500ms);
    session.client.stream_began(resumed.number, events());
    session.client.stream_event(resumed.number, event(answer_to("2"), "e2"));
    CHECK(port.lines == std::vector<std::string>{answer_to("2")});
    CHECK(port.losses.empty());
    CHECK(port.take().empty());
}

TEST_CASE("U5: without an event id the call is lost, and never posted again", "[mcp][remote]") {
    open_session session;
    const auto number = session.send(call("2")).number;
    session.client.stream_began(number, events());
    session.client.failed(number, {true, "the connection was lost"});
    CHECK_THAT(session.port.losses["2"], Contains("the connection was lost"));
    CHECK(session.port.take().empty());
}

TEST_CASE("U5: pauses grow, and the attempts to take a stream up have an end", "[mcp][remote]") {
    open_session session;
    auto& port = session.port;
    const auto number = session.send(call("2")).number;
    session.client.stream_began(number, events());
    session.client.stream_event(number, event("", "e1"));
    session.client.failed(number, {true, "lost"});
    std::vector<std::chrono::milliseconds> pauses;
    while (port.losses.empty()) {
        const auto again = port.take_one();
        pauses.push_back(again.request.delay);
        session.client.failed(again.number, {false, "refused"});
    }
    CHECK(pauses == std::vector<std::chrono::milliseconds>{500ms, 1s, 2s});
    CHECK(port.ends.empty());
}

TEST_CASE("the server's own stream is opened again, and too many failures end the link",
          "[mcp][remote]") {
    open_session session;
    auto& port = session.port;
    session.client.stream_began(session.stream.number, events());
    session.client.stream_event(
        session.stream.number,
        event(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})", "g7"));
    CHECK(port.lines.size() == 1);
    session.client.failed(session.stream.number, {true, "ended"});
    auto again = port.take_one();
    CHECK(again.header("Last-Event-ID") == "g7");
    CHECK(again.request.delay == 500ms);
    for (int failures = 0; failures < 4; ++failures) {
        session.client.failed(again.number, {false, "refused"});
        again = port.take_one();
    }
    CHECK(port.ends.empty());
    SECTION("since nobody is there") {
        session.client.failed(again.number, {false, "refused"});
        CHECK(port.ends == std::vector<std::string>{"refused"});
    }
    SECTION("but not when it is only the stream that breaks") {
        session.client.failed(again.number, {true, "lost"});
        CHECK(port.ends.empty());
        CHECK(port.notes.size() == 1);
        CHECK(port.take().empty());
    }
}

TEST_CASE("a stream that always ends soon and without a message is opened ever more rarely",
          "[mcp][remote]") {
    open_session session;
    auto& port = session.port;
    auto number = session.stream.number;
    const auto pause_after = [&](std::chrono::milliseconds lived) {
        session.client.failed(number, {true, "ended", lived});
        const auto again = port.take_one();
        number = again.number;
        session.client.stream_began(number, events());
        return again.request.delay;
    };
    session.client.stream_began(number, events());
    auto priming = event("", "e1");
    priming.retry = 0ms;
    session.client.stream_event(number, priming);
    for (int stream = 0; stream < 3; ++stream) {
        CHECK(pause_after(1ms) == 100ms);
    }
    CHECK(pause_after(1ms) == 500ms);
    CHECK(pause_after(1ms) == 1s);
    SECTION("until there is a message") {
        session.client.stream_event(
            number, event(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})"));
        CHECK(pause_after(1ms) == 100ms);
    }
    SECTION("until one lives for a while") { CHECK(pause_after(30s) == 100ms); }
    SECTION("and it is never given up") {
        for (int stream = 0; stream < 10; ++stream) {
            CHECK(pause_after(1ms) <= 30s);
        }
        CHECK(pause_after(1ms) == 30s);
        CHECK(port.notes.empty());
    }
}

TEST_CASE("U4: a forgotten session is begun anew, and what was refused is sent once more",
          "[mcp][remote]") {
    open_session session;
    auto& port = session.port;
    const auto first = session.send(call("2"));
    const auto second = session.send(call("3"));
    session.client.answered(first.number, json(404), "");
    const auto greeting = port.take_one();
    CHECK(greeting.body() == initialize);
    CHECK(greeting.header("Mcp-Session-Id").empty());
    // Nobody waits for it that would give up.
    CHECK(greeting.request.due == mcp::remote_request::haste::whole);
    session.client.answered(second.number, json(404), "");
    CHECK(port.take().empty());
    session.client.answered(greeting.number, json(200, "s2"), hello());
    CHECK(port.renewals == std::vector<std::string>{hello()});
    CHECK(port.lines.empty());
    const auto confirmation = port.take_one();
    CHECK_THAT(confirmation.body(), Contains("notifications/initialized"));
    session.client.answered(confirmation.number, json(202), "");
    const auto again = port.take();
    REQUIRE(again.size() == 3);
    CHECK(again[0].request.method == verb::get);
    CHECK(again[1].body() + again[2].body() == call("3") + call("2"));
    CHECK(again[1].header("Mcp-Session-Id") == "s2");
    SECTION("and answered") {
        session.client.answered(again[1].number, json(), answer_to("3"));
        session.client.answered(again[2].number, json(), answer_to("2"));
        CHECK(port.lines.size() == 2);
        CHECK(port.losses.empty());
    }
    SECTION("but not twice") {
        session.client.answered(again[1].number, json(404), "");
        CHECK_THAT(port.losses["3"], Contains("forgot"));
        CHECK(port.take().empty());
    }
}

TEST_CASE("U4: a 400 that speaks of the session is the same, any other is not", "[mcp][remote]") {
    open_session session;
    auto& port = session.port;
    SECTION("of the session") {
        session.client.answered(session.send(call("2")).number, json(400),
                                R"({"jsonrpc":"2.0","error":{"code":-32000,"message":)"
                                R"("Bad Request: No valid session ID provided"},"id":null})");
        CHECK(port.take_one().body() == initialize);
        CHECK(port.losses.empty());
    }
    SECTION("nor is a 404 that answers the request") {
        const std::string error =
            R"({"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"no such method"}})";
        session.client.answered(session.send(call("2")).number, json(404), error);
        CHECK(port.lines == std::vector<std::string>{error});
        CHECK(port.take().empty());
    }
    SECTION("of the request") {
        session.client.answered(session.send(call("2")).number, json(400),
                                R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"odd"}})");
        CHECK(port.losses["2"] == "HTTP 400: odd");
        CHECK(port.take().empty());
    }
}

TEST_CASE("the session is ended with DELETE", "[mcp][remote]") {
    open_session session;
    auto& port = session.port;
    const auto open = session.send(call("2"));
    session.client.close();
    const auto farewell = port.take_one();
    CHECK(farewell.request.method == verb::erase);
    CHECK(farewell.header("Mcp-Session-Id") == "s1");
    CHECK(port.cancelled.size() == 2);
    CHECK(port.ends.empty());
    session.client.answered(farewell.number, json(405), "");
    CHECK(port.ends == std::vector<std::string>{"closed"});
    CHECK_FALSE(session.client.send(call("3")));
}

TEST_CASE("C5: a cancelled call is told of and its stream is given up", "[mcp][remote]") {
    open_session session;
    const auto number = session.send(call("2")).number;
    session.client.stream_began(number, events());
    const auto cancel = session.send(cancellation_of("2"));
    CHECK(session.port.cancelled.empty());
    session.client.answered(cancel.number, json(202), "");
    CHECK(session.port.cancelled == std::vector<std::uint64_t>{number});
    CHECK(session.port.losses.empty());
}

TEST_CASE("calls wait for each other, but a cancellation waits for none", "[mcp][remote]") {
    open_session session{{.requests_max = 1}};
    auto& port = session.port;
    const auto first = session.send(call("2"));
    REQUIRE(session.client.send(call("3")));
    REQUIRE(session.client.send(call("4")));
    CHECK(port.take().empty());
    REQUIRE(session.client.send(cancellation_of("3")));
    CHECK(port.take().empty());
    const auto cancel = session.send(cancellation_of("2"));
    session.client.answered(cancel.number, json(202), "");
    CHECK(port.cancelled == std::vector<std::uint64_t>{first.number});
    CHECK(port.take_one().body() == call("4"));
}

TEST_CASE("what may wait is bounded", "[mcp][remote]") {
    open_session session{{.requests_max = 1, .waiting_max = 2}};
    REQUIRE(session.client.send(call("2")));
    REQUIRE(session.client.send(call("3")));
    REQUIRE(session.client.send(call("4")));
    CHECK_FALSE(session.client.send(call("5")));
}
