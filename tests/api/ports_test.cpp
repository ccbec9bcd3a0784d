#include "api/ports.hpp"

#include "tests/api/fake_exchange.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;
using Catch::Matchers::Contains;

namespace {

struct asked : actor_fixture {
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

TEST_CASE_METHOD(asked, "a REST call gets the result or the error as a plain object",
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

TEST_CASE_METHOD(asked, "a refusal is what the client hears, whatever the session answers",
                 "[api][ports]") {
    const auto refused = api::make_refusal_port(exchange, {429, "text/plain", "later", {}});
    send(refused, R"({"progress":1})");
    CHECK_FALSE(exchange->answer);
    answer(refused, R"({"id":1})");
    REQUIRE(exchange->answer);
    CHECK(exchange->answer->status == 429);
    CHECK(exchange->answer->body == "later");
}
