#include "mcp/request_params.hpp"
#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using namespace orch::actors;
using Catch::Matchers::Contains;

namespace {

/// A server with tasks, and clients of two owners.
struct task_server : server_fixture {
    task_server() { serve("tasks"); }

    std::uint64_t send(task_part part, const std::string& method, const std::string& params,
                       const std::string& task = "", const std::string& owner = "key:1",
                       caf::actor session = nullptr) {
        auto card = std::make_shared<client_card>();
        card->task_owner = owner;
        forward_request request;
        request.session = session ? session : caller;
        request.number = ++last_number;
        request.body = R"({"jsonrpc":"2.0","id":"mine","method":")" + method + R"(","params":)" +
                       params + "}";
        const auto parts = mcp::parse_client_message(request.body).value();
        const auto target = part == task_part::make   ? mcp::request_target::tool
                            : part == task_part::list ? mcp::request_target::nothing
                                                      : mcp::request_target::task;
        const auto read = mcp::parse_request_params(request.body, parts, target).value();
        request.id = parts.id;
        request.name = read.name;
        request.progress_token = read.progress_token;
        request.item = part == task_part::make ? "echo" : task;
        request.list = std::nullopt;
        request.client = card;
        request.part = part;
        tell(server, std::move(request));
        settle();
        return last_number;
    }
    /// The id is that of the server's next task.
    std::uint64_t make(const std::string& owner = "key:1", caf::actor session = nullptr) {
        return send(task_part::make, "tools/call",
                    R"({"name":"echo","task":{},"_meta":{"progressToken":"p"}})", "", owner,
                    session);
    }
    std::uint64_t ask(const std::string& method, const std::string& task,
                      const std::string& owner = "key:1", caf::actor session = nullptr) {
        const auto part = method == "tasks/result" ? task_part::result : task_part::ask;
        return send(part, method, R"({"taskId":"sealed"})", task, owner, session);
    }
    std::string answer(std::uint64_t number) {
        return run_until([&] { return answer_to(number).has_value(); }) ? answer_to(number)->line
                                                                        : "no answer";
    }
    std::string list(const std::string& owner, const std::string& params = "{}") {
        return answer(send(task_part::list, "tasks/list", params, "", owner));
    }

    std::uint64_t last_number = 2'000'000'000;
};

} // namespace

TEST_CASE_METHOD(task_server, "a task is asked for by its id at the server", "[actors][server]") {
    CHECK_THAT(answer(make()), Contains(R"("result":{"task":{"taskId":"t1")"));
    CHECK_THAT(answer(ask("tasks/get", "t1")), Contains(R"("status":"working")"));
    CHECK_THAT(answer(ask("tasks/cancel", "t1")), Contains(R"("status":"cancelled")"));
    CHECK_THAT(transcript(), Contains(R"("params":{"taskId":"t1"})"));
}

TEST_CASE_METHOD(task_server, "S4: nobody but its owner reaches a task", "[actors][server]") {
    REQUIRE(answer(make()) != "no answer");
    for (const auto* method : {"tasks/get", "tasks/result", "tasks/cancel"}) {
        const auto before = client.of<request_failed>().size();
        ask(method, "t1", "key:2");
        ask(method, "t2", "key:1");
        const auto failure = wait_for_failure(before + 2);
        CHECK(failure.fault == call_fault::unknown_task);
        CHECK_THAT(failure.reason, Contains("Unknown task"));
    }
    CHECK(transcript_count("tasks/") == 0);
}

TEST_CASE_METHOD(task_server, "each owner is listed the tasks of its own", "[actors][server]") {
    REQUIRE(answer(make("key:1")) != "no answer");
    REQUIRE(answer(make("key:2")) != "no answer");
    const auto first = list("key:1");
    CHECK_THAT(first, Contains(R"("taskId":"t1")") && Contains(R"("nextCursor":"1")"));
    CHECK_THAT(list("key:1", R"({"cursor":"1"})"), Contains(R"("result":{"tasks":[]})"));
    CHECK_THAT(list("key:2", R"({"cursor":"1"})"), Contains(R"("taskId":"t2")"));
    const auto asked = transcript_count("tasks/list");
    CHECK_THAT(list("key:3"), Contains(R"("result":{"tasks":[]})"));
    CHECK(transcript_count("tasks/list") == asked);
}

TEST_CASE_METHOD(task_server, "the status of a task is told to the session that has it",
                 "[actors][server]") {
    inbox second;
    const auto other = probe(second);
    REQUIRE(answer(make("key:1")) != "no answer");
    const auto their = make("key:2", other);
    REQUIRE(run_until([&] { return !second.of<request_answered>().empty(); }));
    CHECK(second.of<request_answered>()[0].number == their);
    // Another session of the same owner may ask, but does not take the task over.
    inbox neighbour;
    ask("tasks/cancel", "t2", "key:2", probe(neighbour));
    REQUIRE(run_until([&] {
        return !second.of<server_notified>().empty() || !neighbour.of<server_notified>().empty();
    }));
    CHECK(neighbour.of<server_notified>().empty());
    REQUIRE(second.of<server_notified>().size() == 1);
    CHECK_THAT(second.of<server_notified>()[0].line, Contains(R"("taskId":"t2")"));
    CHECK(client.of<server_notified>().empty());

    // Who asks for it after the session is over hears of it.
    tell(server, session_left{caller.address(), nullptr});
    settle();
    inbox third;
    const auto later = probe(third);
    ask("tasks/result", "t1", "key:1", later);
    REQUIRE(run_until([&] { return !third.of<server_notified>().empty(); }));
    CHECK(client.of<server_notified>().empty());
}

TEST_CASE_METHOD(task_server, "a task makes progress after its call was answered",
                 "[actors][server]") {
    REQUIRE(answer(make()) != "no answer");
    tell(server, refresh_status{});
    REQUIRE(run_until([&] { return !client.of<server_notified>().empty(); }));
    CHECK_THAT(client.of<server_notified>()[0].line, Contains(R"("progressToken":"p")"));
    CHECK(client.of<request_progressed>().empty());
}

TEST_CASE_METHOD(task_server, "a server with a task under way is not idle", "[actors][server]") {
    services.options.server_idle_stop = 10s;
    REQUIRE(answer(make()) != "no answer");
    advance(20s);
    CHECK(view().status.state == model::server_state::online);
    REQUIRE(answer(ask("tasks/cancel", "t1")) != "no answer");
    advance(20s);
    CHECK(wait_for(model::server_state::stopped));
    // With its process its tasks are gone, and nothing starts for them.
    ask("tasks/get", "t1");
    CHECK(wait_for_failure().fault == call_fault::unknown_task);
    CHECK(view().status.state == model::server_state::stopped);
}

TEST_CASE_METHOD(task_server, "a result may take as long as its task is kept", "[actors][server]") {
    entry.definition.call_timeout = 5s;
    tell(server, change_server{entry});
    REQUIRE(answer(make()) != "no answer");
    send(task_part::result, "tasks/wait", R"({"taskId":"sealed"})", "t1");
    const auto silent = send(task_part::ask, "tasks/wait", R"({"taskId":"sealed"})", "t1");
    advance(5s);
    REQUIRE(wait_for_failure().number == silent);
    advance(54s);
    CHECK(client.of<request_failed>().size() == 1);
    advance(1s);
    CHECK(wait_for_failure(2).fault == call_fault::timeout);
    ask("tasks/get", "t1");
    CHECK(wait_for_failure(3).fault == call_fault::unknown_task);
}

TEST_CASE_METHOD(task_server, "S4: a message names no related task of another owner",
                 "[actors][server]") {
    REQUIRE(answer(make("key:1")) != "no answer");
    for (const std::string owner : {"key:2", "key:1"}) {
        const auto card = std::make_shared<client_card>();
        card->task_owner = owner;
        forward_request request;
        request.session = caller;
        request.number = ++last_number;
        request.body =
            R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":)"
            R"({"io.modelcontextprotocol/related-task":{"taskId":"sealed"}}}})";
        const auto parts = mcp::parse_client_message(request.body).value();
        const auto read =
            mcp::parse_request_params(request.body, parts, mcp::request_target::tool).value();
        request.id = parts.id;
        request.name = read.name;
        request.item = "echo";
        request.client = card;
        request.related_task = "t1";
        request.related_place = read.related_task;
        tell(server, std::move(request));
        settle();
    }
    CHECK(wait_for_failure().fault == call_fault::unknown_task);
    CHECK(answer(last_number) != "no answer");
    CHECK_THAT(transcript(), Contains(R"("io.modelcontextprotocol/related-task":{"taskId":"t1"})"));
}
