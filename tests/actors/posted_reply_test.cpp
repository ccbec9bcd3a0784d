#include "actors/posted_batch.hpp"

#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_sink.hpp"

using namespace orch;
using namespace orch::test;
using actors::reply_shape;
using Catch::Matchers::Contains;

namespace {

struct posted : actor_fixture {
    actors::reply_port_ptr reply(reply_shape shape) {
        return actors::make_posted_reply(streams, sink, shape, options);
    }
    void become(mcp::revision version) { streams->agree(version); }
    static void answer(const actors::reply_port_ptr& to, const std::string& text) {
        to->answer(to->encode({text}));
    }
    static void send(const actors::reply_port_ptr& to, const std::string& text) {
        to->send(to->encode({text}));
    }

    actors::actor_options options;
    std::shared_ptr<actors::session_streams> streams = std::make_shared<actors::session_streams>(
        unit(), options, std::make_shared<actors::event_budget>());
    std::shared_ptr<fake_sink> sink = std::make_shared<fake_sink>();
};

} // namespace

TEST_CASE_METHOD(posted, "a lone answer is a JSON body", "[actors][ports]") {
    const auto to = reply(reply_shape::json_or_stream);
    to->answer(to->encode({R"({"id":)", "\"x\"", "}"}));
    REQUIRE(sink->answer);
    CHECK(sink->answer->status == 200);
    CHECK(sink->answer->content_type == "application/json");
    CHECK(sink->answer->body == R"({"id":"x"})");
}

TEST_CASE_METHOD(posted, "progress turns the answer into a stream that ends with it",
                 "[actors][ports]") {
    const auto to = reply(reply_shape::json_or_stream);
    send(to, R"({"progress":1})");
    send(to, R"({"progress":2})");
    CHECK(sink->finished == 0);
    answer(to, R"({"id":1})");
    CHECK_THAT(sink->text, Contains(R"({"progress":1})") && Contains(R"({"progress":2})") &&
                               Contains(R"(data: {"id":1})"));
    CHECK(sink->finished == 1);
    CHECK_FALSE(sink->answer);
}

TEST_CASE_METHOD(posted, "a client without streams gets no progress", "[actors][ports]") {
    become(mcp::revision::v2025_11_25);
    const auto to = reply(reply_shape::json_only);
    send(to, R"({"progress":1})");
    CHECK_FALSE(sink->streaming);
    CHECK_FALSE(sink->late);
    answer(to, R"({"id":1})");
    CHECK(sink->answer->body == R"({"id":1})");
}

TEST_CASE_METHOD(posted, "a client that wants streams only gets one", "[actors][ports]") {
    answer(reply(reply_shape::stream_only), R"({"id":1})");
    CHECK_THAT(sink->text, Contains(R"(data: {"id":1})"));
    CHECK(sink->finished == 1);
    CHECK_FALSE(sink->answer);
}

TEST_CASE_METHOD(posted, "an abandoned request is closed without an answer", "[actors][ports]") {
    const auto to = reply(reply_shape::json_or_stream);
    SECTION("before anything was sent") {
        to->abandon();
        REQUIRE(sink->answer);
        CHECK(sink->answer->status == 202);
        CHECK(sink->answer->body.empty());
    }
    SECTION("in the middle of a stream") {
        send(to, R"({"progress":1})");
        to->abandon();
        CHECK(sink->finished == 1);
        CHECK_FALSE(sink->answer);
    }
}

TEST_CASE_METHOD(posted, "what comes after the end is swallowed", "[actors][ports]") {
    const auto to = reply(reply_shape::json_or_stream);
    SECTION("after an abandoned request") { to->abandon(); }
    SECTION("after an answer") { answer(to, "{}"); }
    const auto body = sink->answer->body;
    send(to, R"({"progress":1})");
    answer(to, R"({"id":1})");
    to->abandon();
    CHECK_FALSE(sink->streaming);
    CHECK(sink->answer->body == body);
}

TEST_CASE_METHOD(posted, "F12: a long request of a client of 2025-11-25 gets a stream to resume",
                 "[actors][ports]") {
    become(mcp::revision::v2025_11_25);
    const auto to = reply(reply_shape::json_or_stream);
    REQUIRE(sink->late);
    CHECK(sink->after == options.stream_after);
    SECTION("it outlives its connection") {
        sink->late();
        settle();
        const auto id = sink->last_id();
        REQUIRE_FALSE(id.empty());
        sink->end();
        settle();
        answer(to, R"({"id":1})");
        const auto back = std::make_shared<fake_sink>();
        REQUIRE(streams->resume(back, id) == actors::session_streams::verdict::listening);
        CHECK_THAT(back->text, Contains(R"(data: {"id":1})"));
        CHECK(back->finished == 1);
    }
    SECTION("not when its answer was faster") {
        answer(to, R"({"id":1})");
        sink->late();
        settle();
        CHECK_FALSE(sink->streaming);
        CHECK(sink->answer->body == R"({"id":1})");
    }
}

TEST_CASE_METHOD(posted, "the stream may begin at once", "[actors][ports]") {
    become(mcp::revision::v2025_11_25);
    options.stream_after = std::chrono::milliseconds{0};
    const auto to = reply(reply_shape::json_or_stream);
    settle();
    CHECK_THAT(sink->text, Contains("retry: "));
    answer(to, R"({"id":1})");
    CHECK_THAT(sink->text, Contains(R"(data: {"id":1})"));
}

TEST_CASE_METHOD(posted, "a long request of an older client waits for its answer",
                 "[actors][ports]") {
    become(mcp::revision::v2025_06_18);
    const auto to = reply(reply_shape::json_or_stream);
    CHECK_FALSE(sink->late);
}

TEST_CASE_METHOD(posted, "a reply that the session dropped lets its request go",
                 "[actors][ports]") {
    become(mcp::revision::v2025_11_25);
    auto to = reply(reply_shape::json_or_stream);
    const std::weak_ptr<actors::reply_port> watch = to;
    to.reset();
    CHECK(watch.expired());
    sink->late();
    CHECK_FALSE(sink->streaming);
}

TEST_CASE_METHOD(posted, "F6: the answers of a batch leave as one array", "[actors][ports]") {
    const auto members = actors::make_posted_batch(streams, sink, reply_shape::json_or_stream, 3);
    REQUIRE(members.size() == 3);
    answer(members[2], R"({"id":3})");
    answer(members[0], R"({"id":1})");
    CHECK_FALSE(sink->answer);
    SECTION("all are answered") {
        answer(members[1], R"({"id":2})");
        REQUIRE(sink->answer);
        CHECK(sink->answer->body == R"([{"id":3},{"id":1},{"id":2}])");
        CHECK(sink->answer->content_type == "application/json");
    }
    SECTION("one is cancelled") {
        members[1]->abandon();
        answer(members[1], R"({"id":2})");
        CHECK(sink->answer->body == R"([{"id":3},{"id":1}])");
    }
    SECTION("one has something to say before") {
        send(members[1], R"({"progress":1})");
        CHECK_THAT(sink->text, Contains(R"({"id":3})") && Contains(R"({"id":1})") &&
                                   Contains(R"({"progress":1})"));
        CHECK(sink->finished == 0);
        answer(members[1], R"({"id":2})");
        CHECK_THAT(sink->text, Contains(R"(data: {"id":2})"));
        CHECK(sink->finished == 1);
    }
}

TEST_CASE_METHOD(posted, "F6: a batch whose requests were all cancelled is closed",
                 "[actors][ports]") {
    const auto members = actors::make_posted_batch(streams, sink, reply_shape::json_or_stream, 2);
    members[0]->abandon();
    members[1]->abandon();
    REQUIRE(sink->answer);
    CHECK(sink->answer->status == 202);
}

TEST_CASE_METHOD(posted, "a settled reply is that, whatever the session answers",
                 "[actors][ports]") {
    const auto to = actors::make_settled_reply(reply(reply_shape::json_or_stream), "said");
    send(to, "progress");
    answer(to, "other");
    REQUIRE(sink->answer);
    CHECK(sink->answer->body == "said");
}
