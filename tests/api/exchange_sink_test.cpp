#include "api/mcp/exchange_sink.hpp"

#include "tests/api/fake_exchange.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;

namespace {

struct sinking : actor_fixture {
    std::shared_ptr<fake_exchange> exchange = std::make_shared<fake_exchange>();
    actors::event_sink_ptr sink = api::make_exchange_sink(exchange, unit(),
                                                          {{"Mcp-Session-Id", "s"}});
    int ends = 0;
};

} // namespace

TEST_CASE_METHOD(sinking, "a plain answer carries the headers", "[api][ports]") {
    sink->respond({200, "application/json", "{}", {{"X", "y"}}});
    settle();
    REQUIRE(exchange->answer);
    CHECK(exchange->answer->body == "{}");
    CHECK(exchange->answer->headers == net::header_list{{"Mcp-Session-Id", "s"}, {"X", "y"}});
}

TEST_CASE_METHOD(sinking, "a stream carries the headers, its events in order, and its end",
                 "[api][ports]") {
    sink->on_end([this] { ++ends; });
    sink->push(net::message_frame("1"));
    sink->push(nullptr);
    sink->push(net::message_frame("2"));
    settle();
    REQUIRE(exchange->stream);
    CHECK(exchange->stream_headers == net::header_list{{"Mcp-Session-Id", "s"}});
    CHECK(exchange->stream->text == *net::message_frame("1") + *net::message_frame("2"));
    CHECK(exchange->stream->finished == 0);
    sink->finish();
    settle();
    CHECK(exchange->stream->finished == 1);
    exchange->stream->end();
    CHECK(ends == 1);
}

TEST_CASE_METHOD(sinking, "a stream may begin without an event, and lets its request go",
                 "[api][ports]") {
    const std::weak_ptr<fake_exchange> watch = exchange;
    sink->push(nullptr);
    settle();
    REQUIRE(exchange->stream);
    exchange.reset();
    CHECK(watch.expired());
}

TEST_CASE_METHOD(sinking, "only the first answer counts", "[api][ports]") {
    SECTION("after an answer") { sink->respond({202, "", "", {}}); }
    SECTION("after a stream") { sink->finish(); }
    settle();
    sink->respond({404, "", "", {}});
    sink->push(net::message_frame("1"));
    sink->finish();
    settle();
    CHECK(exchange->answers == 1);
}

TEST_CASE_METHOD(sinking, "a request that is late says so", "[api][ports]") {
    int late = 0;
    sink->on_late(std::chrono::milliseconds{5}, [&] { ++late; });
    REQUIRE(exchange->late);
    CHECK(exchange->late_after == std::chrono::milliseconds{5});
    exchange->late();
    CHECK(late == 1);
}
