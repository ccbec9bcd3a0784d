#include "api/ports.hpp"

#include "tests/api/fake_exchange.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;
using api::reply_shape;
using Catch::Matchers::Contains;

namespace {

struct posted : actor_fixture {
    actors::reply_port_ptr port(reply_shape shape) {
        return api::make_post_port(exchange, unit(), shape, {{"Mcp-Session-Id", "s"}});
    }
    void answer(const actors::reply_port_ptr& to, const std::string& text) {
        to->answer(to->encode({text}));
        settle();
    }
    void send(const actors::reply_port_ptr& to, const std::string& text) {
        to->send(to->encode({text}));
        settle();
    }

    std::shared_ptr<fake_exchange> exchange = std::make_shared<fake_exchange>();
};

} // namespace

TEST_CASE_METHOD(posted, "a lone answer is a JSON body", "[api][ports]") {
    answer(port(reply_shape::json_or_stream), R"({"id":1})");
    REQUIRE(exchange->answer);
    CHECK(exchange->answer->status == 200);
    CHECK(exchange->answer->content_type == "application/json");
    CHECK(exchange->answer->body == R"({"id":1})");
    CHECK(exchange->answer->headers == net::header_list{{"Mcp-Session-Id", "s"}});
}

TEST_CASE_METHOD(posted, "the pieces of an answer come out as one", "[api][ports]") {
    const auto to = port(reply_shape::json_or_stream);
    to->answer(to->encode({R"({"id":)", "\"x\"", "}"}));
    settle();
    CHECK(exchange->answer->body == R"({"id":"x"})");
}

TEST_CASE_METHOD(posted, "progress turns the answer into a stream that ends with it",
                 "[api][ports]") {
    const auto to = port(reply_shape::json_or_stream);
    send(to, R"({"progress":1})");
    send(to, R"({"progress":2})");
    REQUIRE(exchange->stream);
    CHECK(exchange->stream->finished == 0);
    answer(to, R"({"id":1})");
    CHECK_THAT(exchange->stream->text, Contains(R"({"progress":1})") &&
                                           Contains(R"({"progress":2})") &&
                                           Contains(R"(data: {"id":1})"));
    CHECK(exchange->stream->finished == 1);
    CHECK_FALSE(exchange->answer);
    CHECK(exchange->stream_headers == net::header_list{{"Mcp-Session-Id", "s"}});
}

TEST_CASE_METHOD(posted, "a client without streams gets no progress", "[api][ports]") {
    const auto to = port(reply_shape::json_only);
    send(to, R"({"progress":1})");
    CHECK_FALSE(exchange->stream);
    answer(to, R"({"id":1})");
    CHECK(exchange->answer->body == R"({"id":1})");
}

TEST_CASE_METHOD(posted, "a client that wants streams only gets one", "[api][ports]") {
    answer(port(reply_shape::stream_only), R"({"id":1})");
    REQUIRE(exchange->stream);
    CHECK_THAT(exchange->stream->text, Contains(R"(data: {"id":1})"));
    CHECK(exchange->stream->finished == 1);
}

TEST_CASE_METHOD(posted, "an abandoned request is closed without an answer", "[api][ports]") {
    SECTION("before anything was sent") {
        port(reply_shape::json_or_stream)->abandon();
        settle();
        REQUIRE(exchange->answer);
        CHECK(exchange->answer->status == 202);
        CHECK(exchange->answer->body.empty());
    }
    SECTION("in the middle of a stream") {
        const auto to = port(reply_shape::json_or_stream);
        send(to, R"({"progress":1})");
        to->abandon();
        settle();
        CHECK(exchange->stream->finished == 1);
    }
}

TEST_CASE_METHOD(posted, "what comes after the end is swallowed", "[api][ports]") {
    const auto to = port(reply_shape::json_or_stream);
    SECTION("after an abandoned request") { to->abandon(); }
    SECTION("after an answer") { answer(to, "{}"); }
    settle();
    send(to, R"({"progress":1})");
    answer(to, R"({"id":1})");
    to->abandon();
    settle();
    CHECK(exchange->answers == 1);
}

TEST_CASE_METHOD(posted, "a REST call gets the result or the error as a plain object",
                 "[api][ports]") {
    const auto to = api::make_rest_port(exchange, clock);
    SECTION("result") {
        answer(to, R"({"jsonrpc":"2.0","id":1,"result":{"content":[]}})");
        CHECK_THAT(exchange->answer->body,
                   Contains(R"("success":true,"result":{"content":[]},"error":null)"));
    }
    SECTION("tool error") {
        answer(to, R"({"jsonrpc":"2.0","id":1,"result":{"content":[],"isError":true}})");
        CHECK_THAT(exchange->answer->body, Contains(R"("success":false,"result":{"content":[])"));
    }
    SECTION("error") {
        answer(to, R"({"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"no"}})");
        CHECK_THAT(exchange->answer->body, Contains(R"("success":false,"result":null)") &&
                                               Contains(R"("error":"no","error_code":-32602)"));
    }
    CHECK(exchange->answer->status == 200);
    CHECK_THAT(exchange->answer->body, Contains(R"("executed_at":"2026-01-01T00:00:00.000000Z")"));
}
