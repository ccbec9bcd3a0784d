#include "tests/actors/session_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_sink.hpp"

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using actors::session_kind;
using verdict = actors::session_streams::verdict;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

/// Answers the latest tools/list that the server behind `server` got.
void list(session_fixture& fixture, const caf::actor& session, inbox& server,
          const std::string& name, const std::vector<std::string>& tools,
          const std::string& fault = "") {
    REQUIRE_FALSE(server.of<actors::list_items>().empty());
    actors::items_listed answer;
    answer.number = server.of<actors::list_items>().back().number;
    answer.server = fixture.entry(name).definition.id;
    answer.fault = fault;
    if (fault.empty()) {
        actors::item_set set;
        for (const auto& tool : tools) {
            set.items.push_back({tool, R"({"name":")" + tool + R"(","inputSchema":{}})"});
        }
        answer.items = std::make_shared<const actors::item_set>(std::move(set));
    }
    fixture.tell(session, answer);
    fixture.settle();
}

/// Whether the sweep for idle sessions would end one now.
bool any_idle(session_fixture& fixture) {
    const auto now = fixture.clock.monotonic();
    const auto& options = fixture.services->options;
    return !fixture.sessions
                .idle_since(now - options.session_idle_timeout,
                            now - options.session_listening_timeout)
                .empty();
}

const std::string list_request = R"({"jsonrpc":"2.0","id":"L","method":"tools/list"})";

} // namespace

TEST_CASE_METHOD(session_fixture, "C1: initialize agrees on a version and names the server",
                 "[actors][session]") {
    const auto session = open(session_kind::stream, "files");
    REQUIRE(writer.of<actors::session_opened>().size() == 1);
    post(session, hello("2025-03-26"));
    REQUIRE(stream->answers.size() == 1);
    CHECK_THAT(stream->answers[0], StartsWith(R"({"jsonrpc":"2.0","id":"hi","result":)"));
    CHECK_THAT(stream->answers[0], Contains(R"("protocolVersion":"2025-03-26")"));
    CHECK_THAT(stream->answers[0], Contains(R"("name":"mcp-orch-files")"));
    REQUIRE(writer.of<actors::session_identified>().size() == 1);
    const auto& row = writer.of<actors::session_identified>()[0].session;
    CHECK(row.protocol_version == "2025-03-26");
    CHECK(row.caller.client_name == "Cline");
    CHECK(row.caller.client_type == "cline");
}

TEST_CASE_METHOD(session_fixture, "C1: an unknown version is answered with the latest one",
                 "[actors][session]") {
    const auto session = open(session_kind::stream, "");
    post(session, hello("1999-01-01"));
    REQUIRE(stream->answers.size() == 1);
    CHECK_THAT(stream->answers[0], Contains("\"protocolVersion\":\"" +
                                            std::string(to_string(mcp::latest_revision)) + "\""));
    CHECK_THAT(stream->answers[0], Contains(R"("name":"mcp-orch")"));
}

TEST_CASE_METHOD(session_fixture, "a session over requests whose handshake is refused is over",
                 "[actors][session]") {
    const auto session = open(session_kind::requests, "files");
    const auto to = std::make_shared<fake_port>();
    post(session, R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{}})", to);
    CHECK_THAT(to->answers.at(0), Contains("-32602"));
    CHECK(sessions.size() == 0);
}

TEST_CASE_METHOD(session_fixture, "a second or a malformed initialize is an error",
                 "[actors][session]") {
    const auto session = open(session_kind::stream, "files");
    post(session, R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{}})");
    REQUIRE(stream->answers.size() == 1);
    CHECK_THAT(stream->answers[0], Contains("-32602"));
    post(session, hello());
    CHECK_THAT(stream->answers.back(), Contains("result"));
    post(session, hello());
    CHECK_THAT(stream->answers.back(), Contains("-32600"));
    CHECK(writer.of<actors::session_identified>().size() == 1);
}

TEST_CASE_METHOD(session_fixture, "ping works before and after the handshake, others only after",
                 "[actors][session]") {
    const auto session = open(session_kind::stream, "files");
    const std::string ping = R"({"jsonrpc":"2.0","id":5,"method":"ping"})";
    post(session, ping);
    CHECK(stream->answers.back() == R"({"jsonrpc":"2.0","id":5,"result":{}})");
    post(session, list_request);
    CHECK_THAT(stream->answers.back(), Contains("-32600") && Contains("initialize"));
    post(session, hello());
    post(session, ping);
    CHECK(stream->answers.back() == R"({"jsonrpc":"2.0","id":5,"result":{}})");
    CHECK(stream->answers.size() == 4);
}

TEST_CASE_METHOD(session_fixture, "notifications and responses of the client are not answered",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    post(session, R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
    post(session, R"({"jsonrpc":"2.0","method":"notifications/whatever"})");
    post(session, R"({"jsonrpc":"2.0","method":"notifications/cancelled"})");
    post(session, R"({"jsonrpc":"2.0","id":1,"result":{}})");
    CHECK(stream->answers.empty());
    CHECK(stream->sent.empty());
}

TEST_CASE_METHOD(session_fixture, "a server's own endpoint lists its tools under their own names",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    post(session, list_request);
    CHECK(stream->answers.empty());
    list(*this, session, files, "files", {"read", "write"});
    REQUIRE(stream->answers.size() == 1);
    CHECK(stream->answers[0] ==
          R"({"jsonrpc":"2.0","id":"L","result":{"tools":[{"name":"read","inputSchema":{}},)"
          R"({"name":"write","inputSchema":{}}]}})");
    CHECK(web.of<actors::list_items>().empty());
}

TEST_CASE_METHOD(session_fixture,
                 "C8: the unified list waits for all servers and prefixes the names",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "");
    post(session, list_request);
    list(*this, session, web, "web", {"get"});
    CHECK(stream->answers.empty());
    list(*this, session, files, "files", {"read"});
    REQUIRE(stream->answers.size() == 1);
    const auto& text = stream->answers[0];
    CHECK_THAT(text, Contains(R"("name":"files__read")") && Contains(R"("name":"web__get")"));
    // The order is that of the servers, not of their answers.
    CHECK(text.find("files__read") < text.find("web__get"));
}

TEST_CASE_METHOD(session_fixture, "U8: a faulty server is left out of the unified list",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "");
    post(session, list_request);
    list(*this, session, files, "files", {}, "server 'files' could not be started");
    list(*this, session, web, "web", {"get"});
    REQUIRE(stream->answers.size() == 1);
    CHECK_THAT(stream->answers[0], Contains("web__get") && !Contains("error"));
}

TEST_CASE_METHOD(session_fixture, "on its own endpoint a faulty server is an error",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "web");
    post(session, list_request);
    list(*this, session, web, "web", {}, "server 'web' could not be started");
    REQUIRE(stream->answers.size() == 1);
    CHECK_THAT(stream->answers[0], Contains("-32603") && Contains("could not be started"));
}

TEST_CASE_METHOD(session_fixture, "a list without an answer ends with what came in time",
                 "[actors][session]") {
    const auto& options = services->options;
    const auto pass = [&](const caf::actor& session, std::chrono::milliseconds time) {
        clock.advance(time);
        tell(session, actors::finish_lists{});
        settle();
    };
    SECTION("on the unified endpoint") {
        const auto session = open_ready(session_kind::stream, "");
        post(session, list_request);
        list(*this, session, web, "web", {"get"});
        pass(session, options.list_patience - 1ms);
        CHECK(stream->answers.empty());
        pass(session, 1ms);
        REQUIRE(stream->answers.size() == 1);
        CHECK_THAT(stream->answers[0], Contains("web__get") && !Contains("error"));
    }
    SECTION("on a server's own endpoint, where that is an error") {
        const auto session = open_ready(session_kind::stream, "web");
        post(session, list_request);
        pass(session, options.handshake_timeout + options.list_patience - 1ms);
        CHECK(stream->answers.empty());
        pass(session, 1ms);
        REQUIRE(stream->answers.size() == 1);
        CHECK_THAT(stream->answers[0], Contains("-32603") && Contains("in time"));
    }
}

TEST_CASE_METHOD(session_fixture, "every list is watched, one after the other",
                 "[actors][session]") {
    services->options.handshake_timeout = 0ms;
    services->options.list_patience = 1ms;
    const auto session = open_ready(session_kind::stream, "web");
    for (std::size_t count = 1; count <= 2; ++count) {
        post(session, list_request);
        CHECK(stream->answers.size() == count - 1);
        clock.advance(1ms);
        REQUIRE(run_until([&] { return stream->answers.size() == count; }));
    }
}

TEST_CASE_METHOD(session_fixture, "the lists that a session waits for are bounded",
                 "[actors][session]") {
    services->options.session_lists_max = 2;
    const auto session = open_ready(session_kind::stream, "files");
    for (int i = 0; i < 3; ++i) {
        post(session, list_request);
    }
    REQUIRE(stream->answers.size() == 1);
    CHECK_THAT(stream->answers[0],
               Contains("-32603") && Contains("Too many open requests") && Contains(R"("id":"L")"));
    CHECK(files.of<actors::list_items>().size() == 2);
    // An answer makes room for one more.
    list(*this, session, files, "files", {"read"});
    post(session, list_request);
    CHECK(stream->answers.size() == 2);
    CHECK(files.of<actors::list_items>().size() == 3);
}

TEST_CASE_METHOD(session_fixture, "C7: a cursor that was never given out is refused",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    post(session, R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"x"}})");
    list(*this, session, files, "files", {"a"});
    REQUIRE(stream->answers.size() == 1);
    CHECK_THAT(stream->answers[0], Contains("-32602") && Contains("cursor"));
}

TEST_CASE_METHOD(session_fixture, "changed tools are told once the handshake is done",
                 "[actors][session]") {
    const auto session = open(session_kind::stream, "files");
    tell(session, actors::items_changed{});
    settle();
    CHECK(stream->sent.empty());
    post(session, hello());
    tell(session, actors::items_changed{});
    settle();
    REQUIRE(stream->sent.size() == 1);
    CHECK_THAT(stream->sent[0], Contains("notifications/tools/list_changed"));
}

TEST_CASE_METHOD(session_fixture, "a stream session ends with its stream, and with no other",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    tell(session, actors::stream_ended{std::make_shared<fake_port>()});
    settle();
    CHECK(sessions.size() == 1);
    tell(session, actors::stream_ended{stream});
    settle();
    CHECK(sessions.size() == 0);
    CHECK(writer.of<actors::session_closed>().size() == 1);
}

TEST_CASE_METHOD(session_fixture, "a request session outlives the stream on which its client hears",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::requests, "files");
    const auto streams = streams_of(session);
    const auto announced = [](const fake_sink& heard) {
        const auto at = heard.text.find("list_changed");
        return at != std::string::npos &&
               heard.text.find("list_changed", at + 1) == std::string::npos;
    };
    const auto first = std::make_shared<fake_sink>();
    REQUIRE(streams->listen(first) == verdict::listening);
    tell(session, actors::items_changed{});
    settle();
    CHECK(announced(*first));
    first->end();
    settle();
    tell(session, actors::items_changed{});
    settle();
    CHECK(sessions.size() == 1);
    // Nobody heard it; the next one does.
    const auto second = std::make_shared<fake_sink>();
    REQUIRE(streams->listen(second) == verdict::listening);
    CHECK(announced(*second));
    tell(session, actors::close_session{});
    settle();
    CHECK(sessions.size() == 0);
    CHECK(second->finished == 1);
}

TEST_CASE_METHOD(session_fixture, "closing a session finishes its stream", "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    tell(session, actors::close_session{});
    settle();
    CHECK(stream->finished == 1);
}

TEST_CASE_METHOD(session_fixture, "too many sessions are refused without a trace",
                 "[actors][session]") {
    for (int i = 0; i < 100; ++i) {
        (void)open(session_kind::requests, "files");
    }
    actors::session_setup setup;
    setup.kind = session_kind::requests;
    setup.transport_id = "one-more";
    const auto refused = actors::open_session(system, unit(), *services, std::move(setup));
    settle();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == errc::busy);
    CHECK(sessions.size() == 100);
    CHECK(writer.of<actors::session_opened>().size() == 100);
}

TEST_CASE_METHOD(session_fixture, "a session is idle from its last answer on",
                 "[actors][session]") {
    const auto idle_after = services->options.session_idle_timeout;
    const auto session = open_ready(session_kind::requests, "files");
    const auto port = std::make_shared<fake_port>();
    SECTION("of a call") { post(session, tool_call("1", "read"), port); }
    SECTION("of a list") { post(session, list_request, port); }
    clock.advance(3 * idle_after);
    CHECK_FALSE(any_idle(*this));
    if (files.of<actors::list_items>().empty()) {
        answer_call(files, R"({"content":[]})", session);
    } else {
        list(*this, session, files, "files", {"read"});
    }
    REQUIRE(port->answers.size() == 1);
    CHECK_FALSE(any_idle(*this));
    clock.advance(idle_after);
    CHECK_FALSE(any_idle(*this));
    clock.advance(1ms);
    CHECK(any_idle(*this));
}

TEST_CASE_METHOD(session_fixture, "a session with a call that failed or was cancelled gets idle",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::requests, "files");
    post(session, tool_call("1", "read"), std::make_shared<fake_port>());
    SECTION("failed") {
        actors::request_failed failure;
        failure.number = files.of<actors::forward_request>().back().number;
        tell(session, failure);
        settle();
    }
    SECTION("cancelled") {
        post(session,
             R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
    }
    clock.advance(services->options.session_idle_timeout + 1ms);
    CHECK(any_idle(*this));
}

TEST_CASE_METHOD(session_fixture, "a session whose client only listens ends later, but ends",
                 "[actors][session]") {
    const auto idle_after = services->options.session_idle_timeout;
    const auto session = open_ready(session_kind::requests, "files");
    const auto streams = streams_of(session);
    const auto listener = std::make_shared<fake_sink>();
    REQUIRE(streams->listen(listener) == verdict::listening);
    clock.advance(3 * idle_after);
    CHECK_FALSE(any_idle(*this));
    SECTION("its stream ends") {
        listener->end();
        settle();
        CHECK_FALSE(any_idle(*this));
        clock.advance(idle_after + 1ms);
        CHECK(any_idle(*this));
    }
    SECTION("its stream is open, dead or not") {
        clock.advance(services->options.session_listening_timeout);
        CHECK(any_idle(*this));
    }
}

namespace {

std::string request(int id, const std::string& method, const std::string& params = "{}") {
    return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + method +
           R"(","params":)" + params + "}";
}

/// What the server is known for from now on.
void introduce(session_fixture& fixture, const std::string& server, const std::string& capabilities,
               const std::vector<std::string>& resources = {}) {
    const auto& id = fixture.entry(server).definition.id;
    auto view = fixture.board.view(id).value_or(actors::server_view{});
    view.introduction = std::make_shared<const model::server_introduction>(
        model::server_introduction{capabilities, ""});
    actors::item_set set;
    for (const auto& uri : resources) {
        set.items.push_back({uri, R"({"uri":")" + uri + R"("})"});
    }
    view.lists.of(model::list_kind::resources) = std::make_shared<const actors::item_set>(set);
    fixture.board.put(id, view);
}

} // namespace

TEST_CASE_METHOD(session_fixture, "a method of no revision goes to the only server there is",
                 "[actors][session]") {
    const auto own = open_ready(session_kind::stream, "files");
    post(own, request(6, "vendor/thing"));
    REQUIRE(files.of<actors::forward_request>().size() == 1);
    CHECK_FALSE(files.of<actors::forward_request>()[0].list);
    const auto all = open_ready(session_kind::stream, "");
    post(all, request(7, "vendor/thing"));
    CHECK_THAT(stream->answers.back(), Contains("-32601") && Contains("vendor/thing"));
    CHECK(files.of<actors::forward_request>().size() == 1);
}

TEST_CASE_METHOD(session_fixture, "C13: what no server offers is no method", "[actors][session]") {
    introduce(*this, "files", R"({"tools":{}})");
    const auto session = open_ready(session_kind::stream, "files");
    for (const auto& [method, params] : std::vector<std::pair<std::string, std::string>>{
             {"resources/list", "{}"},
             {"prompts/list", "{}"},
             {"resources/read", R"({"uri":"a://b"})"},
             {"prompts/get", R"({"name":"p"})"},
             {"resources/subscribe", R"({"uri":"a://b"})"},
             {"logging/setLevel", R"({"level":"info"})"}}) {
        CAPTURE(method);
        post(session, request(1, method, params));
        CHECK_THAT(stream->answers.back(), Contains("-32601") && Contains(method));
    }
    CHECK(files.of<actors::forward_request>().empty());
}

TEST_CASE_METHOD(session_fixture, "C13: a watch needs a server that has them",
                 "[actors][session]") {
    introduce(*this, "files", R"({"resources":{}})");
    const auto session = open_ready(session_kind::stream, "files");
    post(session, request(1, "resources/subscribe", R"({"uri":"a://b"})"));
    CHECK_THAT(stream->answers.back(), Contains("-32601"));
    introduce(*this, "files", R"({"resources":{"subscribe":true}})");
    post(session, request(2, "resources/subscribe", R"({"uri":"a://b"})"));
    CHECK(files.of<actors::forward_request>().size() == 1);
}

TEST_CASE_METHOD(session_fixture, "C13: one server that has logging is enough",
                 "[actors][session]") {
    introduce(*this, "files", R"({"tools":{}})");
    introduce(*this, "web", R"({"logging":{}})");
    const auto session = open_ready(session_kind::stream, "");
    post(session, request(1, "logging/setLevel", R"({"level":"info"})"));
    CHECK_THAT(stream->answers.back(), Contains("result"));
}

TEST_CASE_METHOD(session_fixture, "a resource is read from the server that lists it",
                 "[actors][session]") {
    introduce(*this, "files", R"({"resources":{}})", {"a://files"});
    introduce(*this, "web", R"({"resources":{}})", {"a://web"});
    const auto session = open_ready(session_kind::stream, "");
    post(session, request(1, "resources/read", R"({"uri":"a://web"})"));
    CHECK(web.of<actors::forward_request>().size() == 1);
    CHECK(files.of<actors::forward_request>().empty());
    post(session, request(2, "resources/read", R"({"uri":"a://nobody"})"));
    CHECK_THAT(stream->answers.back(), Contains("-32002") && Contains(R"("uri":"a://nobody")"));
}

TEST_CASE_METHOD(session_fixture, "C5: a request without a record can be cancelled, too",
                 "[actors][session]") {
    introduce(*this, "files", R"({"resources":{}})");
    const auto session = open_ready(session_kind::stream, "files");
    post(session, request(1, "resources/read", R"({"uri":"a://b"})"));
    post(session,
         R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
    REQUIRE(files.of<actors::cancel_request>().size() == 1);
    CHECK(files.of<actors::cancel_request>()[0].number ==
          files.of<actors::forward_request>()[0].number);
    CHECK(stream->answers.empty());
}
