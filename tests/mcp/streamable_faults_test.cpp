#include "mcp/streamable_client.hpp"

#include "tests/mcp/remote_script.hpp"

using namespace orch;
using namespace orch::test;
using Catch::Matchers::Contains;

namespace {

struct greeted_client {
    greeted_client() : client(port, {}) {
        REQUIRE(client.send(initialize));
        greeting = port.take_one();
    }
    /// Without a session and without a stream of the server.
    void open() {
        client.answered(greeting.number, json(), hello());
        REQUIRE(client.send(initialized));
        client.answered(port.take_one().number, json(202), "");
        client.answered(port.take_one().number, json(405), "");
    }
    std::uint64_t send(const std::string& line) {
        REQUIRE(client.send(line));
        return port.take_one().number;
    }

    remote_script port;
    mcp::streamable_client client;
    remote_script::asked greeting;
};

} // namespace

TEST_CASE("a server that refuses the first POST may speak HTTP+SSE", "[mcp][remote]") {
    for (const int status : {400, 404, 405}) {
        greeted_client one;
        one.client.answered(one.greeting.number, json(status), "no such page");
        CHECK(one.port.misfits.size() == 1);
        CHECK(one.port.ends.empty());
    }
    greeted_client later;
    later.client.answered(
        later.greeting.number, json(400),
        R"({"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"version?"}})");
    CHECK(later.port.misfits.empty());
}

TEST_CASE("other faults of the first POST end the link and say why", "[mcp][remote]") {
    greeted_client one;
    SECTION("credentials") {
        auto head = json(401);
        head.reason = "Unauthorized";
        one.client.answered(one.greeting.number, head, R"({"error":"invalid_token"})");
        CHECK_THAT(one.port.ends.at(0),
                   Contains("HTTP 401 Unauthorized: ") && Contains("invalid_token"));
    }
    SECTION("nobody there") {
        one.client.failed(one.greeting.number, {false, "Connection refused"});
        CHECK(one.port.ends == std::vector<std::string>{"Connection refused"});
    }
    SECTION("the second step") {
        one.client.answered(one.greeting.number, json(200, "s1"), hello());
        const auto number = one.send(initialized);
        one.client.answered(number, json(404), "");
        CHECK_THAT(one.port.ends.at(0), Contains("HTTP 404"));
    }
    CHECK(one.port.misfits.empty());
}

TEST_CASE("an unreadable answer is the fault of its request alone", "[mcp][remote]") {
    greeted_client one;
    one.open();
    const auto other = one.send(call("3"));
    const auto number = one.send(call("2"));
    std::string why;
    SECTION("type") {
        one.client.answered(number, {200, "", "text/html", "", ""}, "<html>");
        why = "text/html";
    }
    SECTION("no JSON") {
        one.client.answered(number, json(), "oops");
        why = "cannot be read";
    }
    SECTION("no body") {
        one.client.answered(number, json(), "");
        why = "empty";
    }
    SECTION("no answer") {
        one.client.answered(number, json(202), "");
        why = "HTTP 202";
    }
    SECTION("another's answer") {
        one.client.answered(number, json(), answer_to("77"));
        why = "none to the request";
    }
    SECTION("status") {
        one.client.answered(number, {503, "Service Unavailable", "text/plain", "", ""},
                            "try\nlater");
        why = "HTTP 503 Service Unavailable: try later";
    }
    SECTION("too large") {
        one.client.failed(number, {true, "its answer is over the limit of 9 bytes"});
        why = "over the limit";
    }
    SECTION("an event that is too large") {
        one.client.stream_began(number, events());
        mcp::remote_event large;
        large.discarded_bytes = 999;
        one.client.stream_event(number, large);
        why = "999 bytes";
    }
    REQUIRE(one.port.losses.size() == 1);
    CHECK_THAT(one.port.losses["2"], Contains(why));
    CHECK(one.port.ends.empty());
    one.client.answered(other, json(), answer_to("3"));
    CHECK(one.port.losses.size() == 1);
}

TEST_CASE("an error of JSON-RPC is an answer whatever the status", "[mcp][remote]") {
    greeted_client one;
    one.open();
    const std::string error = R"({"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"no"}})";
    one.port.lines.clear();
    one.client.answered(one.send(call("2")), json(404), error);
    CHECK(one.port.lines == std::vector<std::string>{error});
    CHECK(one.port.losses.empty());
}

TEST_CASE("U7: an error of a later revision is an answer, and nothing is sent twice",
          "[mcp][remote]") {
    greeted_client one;
    one.open();
    for (const auto* code : {"-32020", "-32022"}) {
        const auto error = R"({"jsonrpc":"2.0","id":2,"error":{"code":)" + std::string(code) +
                           R"(,"message":"no","data":{"supported":["2026-07-28"]}}})";
        one.port.lines.clear();
        one.client.answered(one.send(call("2")), json(400), error);
        CHECK(one.port.lines == std::vector<std::string>{error});
        CHECK(one.port.take().empty());
        CHECK(one.port.losses.empty());
    }
}

TEST_CASE("a redirect is followed once, and only within the server", "[mcp][remote]") {
    greeted_client one;
    SECTION("within") {
        auto head = json(307);
        head.redirect = "/mcp/";
        one.client.answered(one.greeting.number, head, "");
        const auto again = one.port.take_one();
        CHECK(again.request.target == "/mcp/");
        CHECK(again.body() == initialize);
        one.client.answered(again.number, head, "");
        CHECK(one.port.take().empty());
        CHECK_THAT(one.port.ends.at(0), Contains("HTTP 307"));
    }
    SECTION("elsewhere") {
        one.client.answered(one.greeting.number, json(307), "");
        CHECK(one.port.take().empty());
        CHECK(one.port.ends.size() == 1);
    }
    SECTION("as another method") {
        auto head = json(302);
        head.redirect = "/login";
        one.client.answered(one.greeting.number, head, "");
        CHECK(one.port.take().empty());
        CHECK(one.port.ends.size() == 1);
    }
}

TEST_CASE("a server that is gone ends the link, unless an answer is on its way", "[mcp][remote]") {
    greeted_client one;
    one.open();
    const auto number = one.send(call("2"));
    SECTION("nothing on its way") {
        one.client.failed(number, {false, "refused"});
        CHECK(one.port.ends == std::vector<std::string>{"refused"});
    }
    SECTION("something is") {
        one.client.failed(one.send(call("3")), {false, "refused"});
        CHECK(one.port.ends.empty());
        one.client.answered(number, json(), answer_to("2"));
    }
    CHECK(one.port.losses.size() == 1);
}

TEST_CASE("a session that cannot be begun anew is the end", "[mcp][remote]") {
    greeted_client one;
    one.client.answered(one.greeting.number, json(200, "s1"), hello());
    one.client.answered(one.send(initialized), json(202), "");
    one.client.answered(one.port.take_one().number, json(405), "");
    one.client.answered(one.send(call("2")), json(404), "");
    const auto again = one.port.take_one();
    SECTION("refused") {
        one.client.answered(again.number, json(500), "broken");
        CHECK_THAT(one.port.ends.at(0), Contains("HTTP 500"));
    }
    SECTION("an error") {
        one.client.answered(again.number, json(),
                            R"({"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"not now"}})");
        CHECK_THAT(one.port.ends.at(0), Contains("forgot") && Contains("not now"));
    }
    CHECK(one.port.misfits.empty());
    CHECK(one.port.ends.size() == 1);
}
