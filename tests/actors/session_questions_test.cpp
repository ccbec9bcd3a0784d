#include "tests/actors/session_fixture.hpp"
#include "tests/support/catch.hpp"

// Where questions of servers reach the client of a session.

using namespace orch;
using namespace orch::test;
using actors::session_kind;
using Catch::Matchers::Contains;

namespace {

struct asked_session : session_fixture {
    caf::actor begin(session_kind kind, const std::string& capabilities) {
        auto session = open(kind, "files");
        post(session,
             R"({"jsonrpc":"2.0","id":"hi","method":"initialize","params":{"protocolVersion":)"
             R"("2025-11-25","capabilities":)" +
                 capabilities + R"(,"clientInfo":{"name":"Cline","version":"9.1"}}})",
             kind == session_kind::stream ? nullptr : std::make_shared<fake_port>());
        stream->answers.clear();
        return session;
    }
    void ask_session(const caf::actor& session, std::uint64_t number, const std::string& method,
                     const std::string& params) {
        actors::ask_client question;
        question.server = board.actor(entry("files").definition.id);
        question.id = entry("files").definition.id;
        question.question = ++last_question;
        question.number = number;
        question.line = R"({"jsonrpc":"2.0","id":"q1","method":")" + method + R"(","params":)" +
                        params + "}";
        question.parts = mcp::parse_server_line(question.line).value();
        tell(session, std::move(question));
        settle();
    }
    [[nodiscard]] std::size_t refusals() { return files.of<actors::question_failed>().size(); }

    std::uint64_t last_question = 3'000'000'000;
};

} // namespace

TEST_CASE_METHOD(asked_session, "a client of Streamable HTTP is asked on the stream of its request",
                 "[actors][session][questions]") {
    const auto session = begin(session_kind::requests, R"({"elicitation":{}})");
    auto port = std::make_shared<fake_port>();
    post(session, tool_call("1", "read"), port);
    const auto number = files.of<actors::forward_request>().back().number;
    SECTION("which takes it") {
        ask_session(session, number, "elicitation/create", "{}");
        REQUIRE(port->sent.size() == 1);
        CHECK_THAT(port->sent.front(), Contains("elicitation/create"));
        CHECK(refusals() == 0);
    }
    SECTION("which takes nothing but the answer") {
        port->messages = false;
        ask_session(session, number, "elicitation/create", "{}");
        CHECK(port->sent.empty());
        CHECK(refusals() == 1);
    }
    SECTION("and not where it listens") {
        ask_session(session, 0, "elicitation/create", "{}");
        CHECK(port->sent.empty());
        CHECK(refusals() == 1);
    }
    SECTION("and hears elsewhere that it need not answer when that is over") {
        ask_session(session, number, "elicitation/create", "{}");
        answer_call(files, R"({"content":[]})", session);
        tell(session, actors::withdraw_question{last_question});
        settle();
        CHECK(port->sent.size() == 1);
    }
}

TEST_CASE_METHOD(asked_session, "a session of one stream is asked there",
                 "[actors][session][questions]") {
    const auto session = begin(session_kind::stream, R"({"elicitation":{}})");
    ask_session(session, 0, "elicitation/create", "{}");
    REQUIRE(stream->sent.size() == 1);
    tell(session, actors::withdraw_question{last_question});
    settle();
    REQUIRE(stream->sent.size() == 2);
    CHECK_THAT(stream->sent.back(), Contains("notifications/cancelled"));
}

TEST_CASE_METHOD(asked_session, "C13: a sampling with tools needs a client that has said so",
                 "[actors][session][questions]") {
    const bool able = GENERATE(true, false);
    const auto session = begin(session_kind::stream,
                               able ? R"({"sampling":{"tools":{}}})" : R"({"sampling":{}})");
    ask_session(session, 0, "sampling/createMessage", R"({"messages":[]})");
    CHECK(refusals() == 0);
    ask_session(session, 0, "sampling/createMessage", R"({"messages":[],"tools":[]})");
    CHECK(refusals() == (able ? 0 : 1));
}

TEST_CASE_METHOD(asked_session, "an unknown prompt is not called a tool", "[actors][session]") {
    const auto session = begin(session_kind::stream, "{}");
    post(session, R"({"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"none"}})");
    REQUIRE(files.of<actors::forward_request>().size() == 1);
    tell(session, actors::request_failed{files.of<actors::forward_request>().back().number,
                                         actors::call_fault::unknown_item,
                                         "Unknown prompt: none",
                                         {}});
    settle();
    REQUIRE(stream->answers.size() == 1);
    CHECK_THAT(stream->answers.front(), Contains(R"("reason":"unknown_prompt")"));
}
