#include "mcp/event_client.hpp"

#include "tests/mcp/remote_script.hpp"

using namespace orch;
using namespace orch::test;
using Catch::Matchers::Contains;
using haste = mcp::remote_request::haste;
using verb = mcp::remote_request::verb;

namespace {

struct listening {
    listening() : client(port, {}) {
        REQUIRE(client.send(initialize));
        stream = port.take_one();
        client.stream_began(stream.number, events());
    }
    void name_endpoint(const std::string& place = "/messages?sessionId=1") {
        auto named = event(place);
        named.type = "endpoint";
        client.stream_event(stream.number, named);
    }

    remote_script port;
    mcp::event_client client;
    remote_script::asked stream;
};

} // namespace

TEST_CASE("messages are posted to the endpoint, and answers come on the stream", "[mcp][remote]") {
    listening one;
    auto& port = one.port;
    CHECK(one.stream.request.method == verb::get);
    CHECK(one.stream.header("Accept") == "text/event-stream");
    // It has no end, and its head comes at once.
    CHECK(one.stream.request.due == haste::head);
    CHECK(port.take().empty());
    one.name_endpoint();
    const auto greeting = port.take_one();
    CHECK(greeting.request.method == verb::post);
    CHECK(greeting.request.target == "/messages?sessionId=1");
    CHECK(greeting.body() == initialize);
    CHECK(greeting.request.due == haste::whole);
    one.client.answered(greeting.number, json(202), "Accepted");
    one.client.stream_event(one.stream.number, event(hello("2024-11-05")));
    CHECK(port.lines.size() == 1);
    REQUIRE(one.client.send(initialized));
    const auto confirmation = port.take_one();
    REQUIRE(one.client.send(call("2")));
    CHECK(port.take().empty());
    one.client.answered(confirmation.number, json(202), "");
    CHECK(port.take_one().body() == call("2"));
    CHECK(port.losses.empty());
}

TEST_CASE("S5: an endpoint of another origin is refused, and so is a later one", "[mcp][remote]") {
    listening one;
    SECTION("first") {
        one.name_endpoint("http://elsewhere.example/messages");
        CHECK(one.port.take().empty());
        CHECK_THAT(one.port.ends.at(0), Contains("elsewhere.example") && Contains("origin"));
    }
    SECTION("later") {
        one.name_endpoint();
        one.client.answered(one.port.take_one().number, json(202), "");
        one.name_endpoint("/another");
        REQUIRE(one.client.send(call("2")));
        CHECK(one.port.take_one().request.target == "/messages?sessionId=1");
    }
}

TEST_CASE("the end of the stream is the end of the link", "[mcp][remote]") {
    listening one;
    one.name_endpoint();
    one.client.failed(one.stream.number, {true, "its stream of events ended"});
    CHECK(one.port.ends == std::vector<std::string>{"its stream of events ended"});
    CHECK_FALSE(one.client.send(call("2")));
}

TEST_CASE("a page that is no stream of events is named", "[mcp][remote]") {
    remote_script port;
    mcp::event_client client{port, {}};
    REQUIRE(client.send(initialize));
    SECTION("status") {
        client.answered(port.take_one().number, {404, "Not Found", "text/html", "", ""}, "<p>");
        CHECK(port.ends == std::vector<std::string>{"HTTP 404 Not Found"});
    }
    SECTION("type") {
        client.answered(port.take_one().number, {200, "OK", "text/html", "", ""}, "<p>");
        CHECK_THAT(port.ends.at(0), Contains("text/html"));
    }
}

TEST_CASE("a POST that is refused is the fault of its request alone", "[mcp][remote]") {
    listening one;
    auto& port = one.port;
    one.name_endpoint();
    one.client.answered(port.take_one().number, json(202), "");
    REQUIRE(one.client.send(call("2")));
    one.client.answered(port.take_one().number, json(500), "broken");
    CHECK(port.losses["2"] == "HTTP 500: broken");
    REQUIRE(one.client.send(cancellation_of("9")));
    one.client.failed(port.take_one().number, {true, "lost"});
    CHECK(port.notes.size() == 1);
    CHECK(port.ends.empty());
    REQUIRE(one.client.send(initialize));
    one.client.answered(port.take_one().number, json(403), "");
    CHECK(port.ends == std::vector<std::string>{"HTTP 403"});
}
