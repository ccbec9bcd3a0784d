#include "actors/session_streams.hpp"

#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_sink.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using actors::session_streams;
using Catch::Matchers::Contains;
using verdict = session_streams::verdict;

namespace {

struct streamed : actor_fixture {
    std::shared_ptr<session_streams> make(mcp::revision version) {
        auto made = std::make_shared<session_streams>(unit(), options, budget);
        made->agree(version);
        return made;
    }
    /// The connection of a request breaks, and then it is answered. Its first id.
    std::string answer_unheard() {
        const auto broken = sink();
        const auto answer = streams->open(broken);
        broken->end();
        settle();
        streams->send(answer, R"({"id":1})");
        streams->end(answer);
        return broken->last_id();
    }
    static std::shared_ptr<fake_sink> sink() { return std::make_shared<fake_sink>(); }

    actors::actor_options options;
    std::shared_ptr<actors::event_budget> budget = std::make_shared<actors::event_budget>();
    std::shared_ptr<session_streams> streams = make(mcp::revision::v2025_11_25);
};

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

} // namespace

TEST_CASE_METHOD(streamed, "F12: a stream begins with an id and a pause for clients of 2025-11-25",
                 "[actors][streams]") {
    const auto to = sink();
    static_cast<void>(streams->open(to));
    CHECK_THAT(to->text, Contains("retry: 1000\ndata: \n\n"));
    CHECK_FALSE(to->last_id().empty());
}

TEST_CASE_METHOD(streamed, "F12: older clients get no event without data, but ids",
                 "[actors][streams]") {
    for (const auto version : {mcp::revision::v2025_03_26, mcp::revision::v2025_06_18}) {
        const auto older = make(version);
        const auto to = sink();
        const auto answer = older->open(to);
        CHECK(to->streaming);
        CHECK(to->text.empty());
        older->send(answer, R"({"a":1})");
        CHECK_FALSE(to->last_id().empty());
        const auto listener = sink();
        REQUIRE(older->listen(listener) == verdict::listening);
        CHECK(listener->streaming);
        CHECK(listener->text.empty());
    }
}

TEST_CASE_METHOD(streamed, "F12: ids are unique over all streams of a session",
                 "[actors][streams]") {
    const auto first = sink();
    const auto second = sink();
    const auto listener = sink();
    const auto one = streams->open(first);
    const auto two = streams->open(second);
    REQUIRE(streams->listen(listener) == verdict::listening);
    std::vector<std::string> ids{first->last_id(), second->last_id(), listener->last_id()};
    for (int i = 0; i < 3; ++i) {
        streams->send(one, "{}");
        streams->send(two, "{}");
        streams->tell(std::to_string(i));
        ids.insert(ids.end(), {first->last_id(), second->last_id(), listener->last_id()});
    }
    std::sort(ids.begin(), ids.end());
    CHECK(std::unique(ids.begin(), ids.end()) == ids.end());
    CHECK(ids.size() == 12);
}

TEST_CASE_METHOD(streamed, "F12: what was said while the connection was broken comes again",
                 "[actors][streams]") {
    const auto broken = sink();
    const auto answer = streams->open(broken);
    const auto other = streams->open(sink());
    streams->send(answer, R"({"seen":1})");
    const auto last = broken->last_id();
    broken->end();
    settle();
    streams->send(answer, R"({"missed":2})");
    streams->send(other, R"({"foreign":1})");
    CHECK_THAT(broken->text, !Contains("missed"));

    const auto back = sink();
    REQUIRE(streams->resume(back, last) == verdict::listening);
    CHECK_THAT(back->text, Contains("missed") && !Contains("seen") && !Contains("foreign"));
    streams->send(answer, R"({"live":3})");
    CHECK_THAT(back->text, Contains("live"));
    streams->end(answer);
    CHECK(back->finished == 1);
    CHECK(broken->finished == 0);
}

TEST_CASE_METHOD(streamed, "a stream that ended meanwhile is sent to its end",
                 "[actors][streams]") {
    const auto primed = answer_unheard();
    const auto back = sink();
    REQUIRE(streams->resume(back, primed) == verdict::listening);
    CHECK_THAT(back->text, Contains(R"({"id":1})"));
    CHECK(back->finished == 1);
    CHECK(streams->resume(sink(), back->last_id()) == verdict::nothing_left);
}

TEST_CASE_METHOD(streamed, "an answer that there was no room for does not count as received",
                 "[actors][streams]") {
    budget = std::make_shared<actors::event_budget>(0);
    streams = make(mcp::revision::v2025_11_25);
    const auto primed = answer_unheard();
    CHECK(streams->resume(sink(), primed) == verdict::unknown_event);
}

TEST_CASE_METHOD(streamed, "a client that comes back takes the stream from its old connection",
                 "[actors][streams]") {
    const auto old = sink();
    const auto answer = streams->open(old);
    const auto back = sink();
    REQUIRE(streams->resume(back, old->last_id()) == verdict::listening);
    CHECK(old->finished == 1);
    // Whether it hears anything or not, it has an id to come back with.
    CHECK_FALSE(back->last_id().empty());
    old->end();
    settle();
    streams->send(answer, R"({"id":1})");
    CHECK_THAT(back->text, Contains(R"({"id":1})"));
    CHECK_THAT(old->text, !Contains(R"({"id":1})"));
}

TEST_CASE_METHOD(streamed, "an id of nobody, of another session or of the future is refused",
                 "[actors][streams]") {
    const auto to = sink();
    static_cast<void>(streams->open(to));
    const auto id = to->last_id();
    const auto foreign = make(mcp::revision::v2025_11_25);
    static_cast<void>(foreign->open(sink()));
    CHECK(foreign->resume(sink(), id) == verdict::unknown_event);
    const auto tag = id.substr(0, id.find('-'));
    for (const auto& bad : {std::string("x"), std::string("-"), tag, tag + "-1", tag + "-1-",
                            tag + "-1-2", tag + "-9-0", id + "0", id + " ", tag + "--1-1",
                            tag + "-1-99999999999999999999999", std::string("1-1-1")}) {
        CAPTURE(bad);
        CHECK(streams->resume(sink(), bad) == verdict::unknown_event);
    }
    CHECK(streams->resume(sink(), id) == verdict::listening);
}

TEST_CASE_METHOD(streamed, "F11: one connection listens at a time", "[actors][streams]") {
    const auto first = sink();
    REQUIRE(streams->listen(first) == verdict::listening);
    CHECK(streams->listening());
    CHECK(streams->listen(sink()) == verdict::taken);
    first->end();
    settle();
    CHECK_FALSE(streams->listening());
    CHECK(streams->heard_until() == clock.monotonic());
    const auto second = sink();
    CHECK(streams->listen(second) == verdict::listening);
    // The end of the first one comes again, late.
    first->end();
    settle();
    CHECK(streams->listening());
}

TEST_CASE_METHOD(streamed, "what nobody heard waits for the next listener, once",
                 "[actors][streams]") {
    streams->tell(R"({"n":1})");
    streams->tell(R"({"n":2})");
    const auto first = sink();
    REQUIRE(streams->listen(first) == verdict::listening);
    CHECK_THAT(first->text, Contains(R"({"n":1})") && Contains(R"({"n":2})"));
    streams->tell(R"({"n":3})");
    CHECK_THAT(first->text, Contains(R"({"n":3})"));
    first->end();
    settle();
    streams->tell(R"({"n":4})");
    const auto second = sink();
    REQUIRE(streams->listen(second) == verdict::listening);
    CHECK_THAT(second->text, Contains(R"({"n":4})") && !Contains(R"({"n":3})"));
}

TEST_CASE_METHOD(streamed, "what waits is bounded, and equal messages in a row are one",
                 "[actors][streams]") {
    for (std::size_t i = 0; i < 2 * options.replay_events_max; ++i) {
        streams->tell(fmt::format(R"({{"n":{}}})", i));
        streams->tell(fmt::format(R"({{"n":{}}})", i));
    }
    const auto first = sink();
    REQUIRE(streams->listen(first) == verdict::listening);
    CHECK(count(first->text, R"("n":)") == options.replay_events_max);
    CHECK_THAT(first->text, Contains(R"({"n":511})") && !Contains(R"({"n":255})"));
    // Who listens gets all.
    streams->tell(R"({"n":511})");
    CHECK(count(first->text, R"({"n":511})") == 2);
}

TEST_CASE_METHOD(streamed, "the listening stream is resumed, too", "[actors][streams]") {
    const auto first = sink();
    REQUIRE(streams->listen(first) == verdict::listening);
    const auto primed = first->last_id();
    streams->tell(R"({"n":1})");
    const auto second = sink();
    // The first connection may be dead without anybody's knowledge.
    REQUIRE(streams->resume(second, primed) == verdict::listening);
    CHECK(first->finished == 1);
    CHECK_THAT(second->text, Contains(R"({"n":1})"));
    CHECK(streams->listen(sink()) == verdict::taken);
    first->end();
    settle();
    CHECK(streams->listening());
}

TEST_CASE_METHOD(streamed, "events are forgotten some time after their stream has ended",
                 "[actors][streams]") {
    const auto to = sink();
    const auto answer = streams->open(to);
    const auto primed = to->last_id();
    streams->send(answer, R"({"progress":1})");
    streams->tell(R"({"waits":1})");
    clock.advance(10 * options.replay_time);
    streams->forget();
    // The request still runs, and nobody has heard the other.
    CHECK(streams->resume(sink(), primed) == verdict::listening);
    streams->end(answer);
    CHECK(streams->keeps_events());
    clock.advance(options.replay_time + 1ms);
    streams->forget();
    CHECK(streams->resume(sink(), primed) == verdict::unknown_event);
    CHECK_FALSE(streams->keeps_events());
    const auto listener = sink();
    REQUIRE(streams->listen(listener) == verdict::listening);
    CHECK_THAT(listener->text, Contains("waits"));
    CHECK(streams->keeps_events());
    clock.advance(options.replay_time + 1ms);
    streams->forget();
    CHECK_FALSE(streams->keeps_events());
    CHECK(budget->used() == 0);
}

TEST_CASE_METHOD(streamed, "streams that ended are not remembered without bound",
                 "[actors][streams]") {
    std::string first;
    std::string last;
    for (std::size_t i = 0; i <= options.replay_events_max; ++i) {
        const auto to = sink();
        streams->end(streams->open(to));
        first = first.empty() ? to->last_id() : first;
        last = to->last_id();
    }
    CHECK(streams->resume(sink(), first) == verdict::unknown_event);
    CHECK(streams->resume(sink(), last) == verdict::nothing_left);
}

TEST_CASE_METHOD(streamed, "a session that is over has no streams", "[actors][streams]") {
    const auto listener = sink();
    const auto answering = sink();
    REQUIRE(streams->listen(listener) == verdict::listening);
    const auto answer = streams->open(answering);
    const auto id = answering->last_id();
    streams->close();
    CHECK(listener->finished == 1);
    CHECK(answering->finished == 1);
    streams->send(answer, "{}");
    streams->tell("{}");
    streams->end(answer);
    CHECK(streams->listen(sink()) == verdict::closed);
    CHECK(streams->resume(sink(), id) == verdict::closed);
    CHECK(budget->used() == 0);
}
