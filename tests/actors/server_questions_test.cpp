#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

// What a server asks its client, and the calls that wait for the answer.

using namespace orch;
using namespace orch::test;
using namespace orch::actors;
using namespace std::chrono_literals;

namespace {

/// A server with one process per session, and a client that can be asked.
struct asked_client : server_fixture {
    ~asked_client() { end_actors(); }

    void serve_own(const std::string& mode) {
        entry.definition.policy = {model::process_policy::kind::per_session};
        auto made = std::make_shared<client_card>();
        made->session = session_id::random();
        made->principal = made->task_owner = "key:1";
        made->capabilities = R"({"elicitation":{}})";
        made->can.elicitation_form = true;
        card = std::move(made);
        serve(mode);
    }
    std::uint64_t call_as(const std::string& tool) {
        auto request = make_call(caller, tool);
        request.client = card;
        const auto number = request.number;
        tell(server, std::move(request));
        settle();
        return number;
    }
    /// Makes the server ask; false when it does not.
    [[nodiscard]] bool made_to_ask() {
        const auto before = client.of<ask_client>().size();
        asking = call_as("progress");
        return run_until([&] { return client.of<ask_client>().size() > before; });
    }
    const ask_client& question() { return client.of<ask_client>().back(); }
    [[nodiscard]] bool heard(const std::string& text) {
        return run_until([&] { return transcript_count(text) > 0; });
    }

    client_card_ptr card;
    std::uint64_t asking = 0;
};

constexpr auto cancelled = R"("id":"q1","result":{"action":"cancel"})";

} // namespace

TEST_CASE_METHOD(asked_client, "a question is put to the client whose call it is part of",
                 "[actors][server][questions]") {
    serve_own("asking");
    REQUIRE(made_to_ask());
    CHECK(question().number == asking);
    CHECK(question().id == entry.definition.id);
    SECTION("its answer goes back under the id of the server") {
        client_replied reply;
        reply.question = question().question;
        reply.body = R"({"jsonrpc":"2.0","id":)" + std::to_string(reply.question) +
                     R"(,"result":{"action":"accept"}})";
        reply.parts = mcp::parse_client_message(reply.body).value();
        tell(question().server, std::move(reply));
        CHECK(heard(R"("id":"q1","result":{"action":"accept"})"));
    }
    SECTION("C5: for one that is gone the elicitation is cancelled") {
        tell(question().server, question_failed{question().question, -32603, "gone", true});
        CHECK(heard(cancelled));
    }
    SECTION("one that cannot be asked is an error") {
        tell(question().server, question_failed{question().question, -32601, "cannot", false});
        CHECK(heard(R"("id":"q1","error":{"code":-32601)"));
    }
    SECTION("the server takes it back") {
        call_as("noise");
        REQUIRE(run_until([&] { return client.of<withdraw_question>().size() == 1; }));
        CHECK(client.of<withdraw_question>().front().question == question().question);
    }
}

TEST_CASE_METHOD(asked_client, "the server hears that nobody answers before its call is over",
                 "[actors][server][questions]") {
    serve_own("asking");
    REQUIRE(made_to_ask());
    advance(9min + 59s);
    CHECK(client.of<request_failed>().empty());
    advance(1s);
    REQUIRE(heard(cancelled));
    settle();
    CHECK(client.of<withdraw_question>().size() == 1);
    CHECK(client.of<request_failed>().empty());
    advance(59s);
    CHECK(client.of<request_failed>().empty());
    advance(1s);
    settle();
    REQUIRE(client.of<request_failed>().size() == 1);
    CHECK(client.of<request_failed>().front().fault == call_fault::timeout);
}

TEST_CASE_METHOD(asked_client, "no call runs out of time while a person is asked",
                 "[actors][server][questions]") {
    serve_own("asking");
    REQUIRE(made_to_ask());
    call_as("hang");
    advance(5min);
    settle();
    CHECK(client.of<request_failed>().empty());
}

TEST_CASE_METHOD(asked_client,
                 "C14: a list that the server does not offer any more is told to be gone",
                 "[actors][server]") {
    serve_own("forgetful");
    const auto first = call_as("echo");
    REQUIRE(run_until([&] { return answer_to(first).has_value(); }));
    client.of<items_changed>().clear();
    call_as("leave");
    (void)wait_for_failure();
    advance(3s);
    const auto again = call_as("echo");
    REQUIRE(run_until([&] { return answer_to(again).has_value(); }));
    settle();
    const auto& changes = client.of<items_changed>();
    REQUIRE(changes.size() == 1);
    CHECK(changes.front().kind == model::list_kind::prompts);
}
