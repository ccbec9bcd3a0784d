#include "actors/seal.hpp"
#include "mcp/param_token.hpp"
#include "tests/actors/session_fixture.hpp"
#include "tests/support/catch.hpp"

#include <boost/json.hpp>

using namespace orch;
using namespace orch::test;
using namespace orch::actors;
using Catch::Matchers::Contains;

namespace json = boost::json;

namespace {

/// `files` has tasks, `web` has none.
struct task_session : session_fixture {
    task_session() {
        introduce("files", R"({"tools":{},"tasks":{"list":{},"requests":{"tools":{"call":{}}}}})");
        introduce("web", R"({"tools":{}})");
    }

    void introduce(const std::string& server, const std::string& said) {
        server_view view;
        view.protocol_version = "2025-11-25";
        view.introduction = std::make_shared<const model::server_introduction>(
            model::server_introduction{said, ""});
        board.put(entry(server).definition.id, view);
    }
    caf::actor start(const std::string& server, const std::string& version = "2025-11-25") {
        auto session = open(session_kind::stream, server);
        post(session, hello(version));
        capabilities = json::parse(stream->answers.back()).at("result").at("capabilities");
        stream->answers.clear();
        return session;
    }
    void ask(const caf::actor& session, const std::string& method, const std::string& params,
             int id = 9) {
        post(session, R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + method +
                          R"(","params":)" + params + "}");
    }
    /// The last answer of the stream.
    json::value last() const { return json::parse(stream->answers.back()); }
    int last_code() const { return static_cast<int>(last().at("error").at("code").as_int64()); }
    std::string sealed_id(const std::string& task, const std::string& owner = "key:1") const {
        return sealed(sealed_kind::task, {entry("files").definition.id, task}, owner);
    }
    std::string naming(const std::string& task) const {
        return R"({"taskId":")" + sealed_id(task) + R"("})";
    }
    void notify(const caf::actor& session, const std::string& line) {
        server_notified notified;
        notified.server = entry("files").definition.id;
        notified.line = line;
        notified.parts = mcp::parse_server_line(notified.line).value();
        tell(session, std::move(notified));
        settle();
    }
    forward_request& forwarded() { return files.of<forward_request>().back(); }

    json::value capabilities;
};

const std::string made = R"({"task":{"taskId":"t1","status":"working"}})";

} // namespace

TEST_CASE_METHOD(task_session, "C13: tasks are offered where a server of the endpoint has them",
                 "[actors][session]") {
    start("");
    CHECK(capabilities.at("tasks") ==
          json::parse(R"({"list":{},"requests":{"tools":{"call":{}}}})"));
    start("web");
    CHECK_FALSE(capabilities.as_object().contains("tasks"));
    start("files", "2025-06-18");
    CHECK_FALSE(capabilities.as_object().contains("tasks"));
}

TEST_CASE_METHOD(task_session, "S4: a call that becomes a task is answered with a sealed id",
                 "[actors][session]") {
    const bool unified = GENERATE(false, true);
    const auto session = start(unified ? "" : "files");
    ask(session, "tools/call",
        unified ? R"({"name":"files__read","task":{}})" : R"({"name":"read","task":{}})", 1);
    CHECK(forwarded().part == task_part::make);
    CHECK(forwarded().client->task_owner == "key:1");
    answer_call(files, made, session);
    CHECK(last().at("result").at("task").at("taskId").as_string() == sealed_id("t1"));
    CHECK(spool.records().size() == 1);

    ask(session, "tasks/get", naming("t1"));
    CHECK(forwarded().part == task_part::ask);
    CHECK(forwarded().item == "t1");
    CHECK(forwarded().name.of(forwarded().body) == '"' + sealed_id("t1") + '"');
    answer_call(files, R"({"taskId":"t1","status":"completed"})", session);
    CHECK(last().at("result").at("taskId").as_string() == sealed_id("t1"));

    ask(session, "tasks/result", naming("t1"));
    CHECK(forwarded().part == task_part::result);
    answer_call(
        files, R"({"content":[],"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"t1"}}})",
        session);
    CHECK_THAT(stream->answers.back(), Contains(R"({"taskId":")" + sealed_id("t1") + R"("})"));
    CHECK(spool.records().size() == 1);
}

TEST_CASE_METHOD(task_session, "S4: ids of tasks that are foreign or tampered with are refused",
                 "[actors][session]") {
    const auto session = start("");
    const auto elsewhere = sealed(sealed_kind::task, {server_id::random(), "t1"}, "key:1");
    for (const auto& id :
         {std::string("t1"), sealed_id("t1", "key:2"), sealed_id("t1") + "A", elsewhere}) {
        for (const auto* method : {"tasks/get", "tasks/result"}) {
            ask(session, method, R"({"taskId":")" + id + R"("})");
            CHECK(last_code() == -32602);
            CHECK_THAT(stream->answers.back(), Contains("Unknown task"));
        }
    }
    CHECK(files.of<forward_request>().empty());
    ask(session, "tasks/get", "{}");
    CHECK(last_code() == -32602);
    ask(session, "tasks/cancel", naming("t1"));
    CHECK(last_code() == -32601);
    // The endpoint of another server does not lead there.
    const auto other = start("web");
    ask(other, "tasks/get", naming("t1"));
    CHECK(last_code() == -32602);
}

TEST_CASE_METHOD(task_session, "clients of older revisions have no tasks", "[actors][session]") {
    const auto session = start("files", "2025-06-18");
    for (const auto* method : {"tasks/get", "tasks/list"}) {
        ask(session, method, naming("t1"));
        CHECK(last_code() == -32601);
    }
    notify(session, R"({"jsonrpc":"2.0","method":"notifications/tasks/status","params":)"
                    R"({"taskId":"t1","status":"working"}})");
    CHECK(stream->sent.empty());
}

TEST_CASE_METHOD(task_session, "a task that nobody asked for is an error", "[actors][session]") {
    const auto session = start("files");
    post(session, tool_call("1", "read"));
    answer_call(files, made, session);
    CHECK(last_code() == -32603);
    CHECK(spool.records().front().status == model::call_status::error);
}

TEST_CASE_METHOD(task_session, "what a server says of a task has its sealed id",
                 "[actors][session]") {
    const auto session = start("files");
    notify(session, R"({"jsonrpc":"2.0","method":"notifications/tasks/status","params":)"
                    R"({"taskId":"t1","status":"working"}})");
    REQUIRE(stream->sent.size() == 1);
    CHECK(json::parse(stream->sent[0]).at("params").at("taskId").as_string() == sealed_id("t1"));
    const std::string meta = R"("_meta":{"io.modelcontextprotocol/related-task":{"taskId":"t1"}})";
    notify(session, R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":)"
                    R"("error","data":1,)" +
                        meta + "}}");
    REQUIRE(stream->sent.size() == 2);
    CHECK_THAT(stream->sent[1], Contains(sealed_id("t1")));

    ask(session, "tools/call", R"({"name":"read","_meta":{"progressToken":"mine"}})", 1);
    request_progressed progress;
    progress.number = forwarded().number;
    progress.line = R"({"jsonrpc":"2.0","method":"notifications/progress","params":{)"
                    R"("progressToken":7,"progress":1,)" +
                    meta + "}}";
    progress.token = {progress.line.find(":7,") + 1, 1};
    tell(session, std::move(progress));
    settle();
    REQUIRE(stream->sent.size() == 3);
    CHECK_THAT(stream->sent[2], Contains(sealed_id("t1")) && Contains(R"("progressToken":"mine")"));
}

TEST_CASE_METHOD(task_session, "S4: a message belongs to no task of others", "[actors][session]") {
    const auto session = start("files");
    const auto call = [&](const std::string& task) {
        ask(session, "tools/call",
            R"({"name":"read","_meta":{"io.modelcontextprotocol/related-task":{"taskId":")" + task +
                R"("}}})",
            1);
    };
    call("t1");
    CHECK(last_code() == -32602);
    CHECK(spool.records().size() == 1);
    call(sealed_id("t1", "key:2"));
    CHECK(last_code() == -32602);
    CHECK(files.of<forward_request>().empty());
    call(sealed_id("t1"));
    REQUIRE(files.of<forward_request>().size() == 1);
    CHECK(forwarded().related_task == "t1");
    CHECK(forwarded().related_place.of(forwarded().body) == naming("t1"));
}

TEST_CASE_METHOD(task_session, "C7: tasks are listed server by server, with sealed cursors",
                 "[actors][session]") {
    introduce("web", R"({"tasks":{"list":{},"requests":{"tools":{"call":{}}}}})");
    const auto session = start("");
    ask(session, "tasks/list", "{}");
    CHECK(forwarded().part == task_part::list);
    CHECK_FALSE(mcp::param_word(forwarded().body,
                                mcp::parse_client_message(forwarded().body).value(), "cursor")
                    .size());
    std::string page = R"({"taskId":"t0"})";
    for (int i = 1; i < 100; ++i) {
        page += R"(,{"taskId":"t)" + std::to_string(i) + R"("})";
    }
    answer_call(files, R"({"tasks":[)" + page + R"(],"nextCursor":"more"})", session);
    const auto first = last().at("result");
    CHECK(first.at("tasks").as_array().size() == 100);
    CHECK(first.at("tasks").at(1).at("taskId").as_string() == sealed_id("t1"));
    const std::string cursor(first.at("nextCursor").as_string());
    CHECK(web.of<forward_request>().empty());

    ask(session, "tasks/list", R"({"cursor":")" + cursor + R"("})");
    CHECK_THAT(forwarded().body, Contains(R"("cursor":"more")"));
    answer_call(files, R"({"tasks":[]})", session);
    REQUIRE(web.of<forward_request>().size() == 1);
    answer_call(web, R"({"tasks":[{"taskId":"w"}]})", session);
    CHECK(last().at("result").at("tasks").as_array().size() == 1);
    CHECK_FALSE(last().at("result").as_object().contains("nextCursor"));

    for (const auto& bad : {std::string("more"), cursor + "A", sealed_id("t1")}) {
        ask(session, "tasks/list", R"({"cursor":")" + bad + R"("})");
        CHECK(last_code() == -32602);
    }
}

TEST_CASE_METHOD(task_session, "U8: the list of tasks goes on without a server that fails",
                 "[actors][session]") {
    introduce("web", R"({"tasks":{"list":{},"requests":{"tools":{"call":{}}}}})");
    const auto fail = [&](const caf::actor& session) {
        request_failed failure;
        failure.number = forwarded().number;
        failure.fault = call_fault::lost;
        failure.reason = "gone";
        tell(session, std::move(failure));
        settle();
    };
    const auto unified = start("");
    ask(unified, "tasks/list", "{}");
    fail(unified);
    answer_call(web, R"({"tasks":[{"taskId":"w"}]})", unified);
    CHECK(last().at("result").at("tasks").as_array().size() == 1);

    const auto own = start("files");
    ask(own, "tasks/list", "{}");
    fail(own);
    CHECK(last_code() == -32603);
}

TEST_CASE_METHOD(task_session, "tools that are nothing but tasks are listed to those who know them",
                 "[actors][session]") {
    for (const bool knows : {false, true}) {
        const auto session = start("files", knows ? "2025-11-25" : "2025-06-18");
        ask(session, "tools/list", "{}");
        items_listed listing;
        listing.number = files.of<list_items>().back().number;
        listing.server = entry("files").definition.id;
        listing.items = std::make_shared<const item_set>(
            item_set{{{"a", R"({"name":"a","execution":{"taskSupport":"required"}})"},
                      {"b", R"({"name":"b","execution":{"taskSupport":"optional"}})"}}});
        tell(session, std::move(listing));
        settle();
        CHECK(last().at("result").at("tools").as_array().size() == (knows ? 2 : 1));
        CHECK_THAT(stream->answers.back(), Contains(R"({"taskSupport":"optional"})"));
    }
}

TEST_CASE_METHOD(task_session, "tasks of a client that nobody knows belong to its session",
                 "[actors][session]") {
    session_setup setup;
    setup.kind = session_kind::stream;
    setup.transport_id = uuid::random().to_hex();
    setup.row.id = session_id::random();
    setup.row.project = project.id;
    setup.row.server = entry("files").definition.id;
    setup.row.path = model::entry_path::server_sse;
    setup.row.caller.principal = "public:" + project.id.to_string();
    setup.stream = stream;
    const auto own = setup.row.id.to_string();
    const auto session = open_session(system, unit(), *services, std::move(setup)).value();
    adopt(session);
    settle();
    post(session, hello("2025-11-25"));
    ask(session, "tools/call", R"({"name":"read","task":{}})", 1);
    REQUIRE(files.of<forward_request>().size() == 1);
    CHECK(forwarded().client->task_owner == own);
}
