#include "core/byte_sizes.hpp"
#include "tests/actors/session_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;
using actors::session_kind;
using Catch::Matchers::Contains;
using model::call_status;
using model::error_class;

namespace {

const std::string cancel_1 =
    R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})";

actors::request_failed failed(inbox& server, actors::call_fault fault) {
    actors::request_failed failure;
    failure.number = server.of<actors::forward_request>().back().number;
    failure.fault = fault;
    failure.reason = "server 'files' is in trouble";
    return failure;
}

} // namespace

TEST_CASE_METHOD(session_fixture, "a call reaches the server of its endpoint whole",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    const auto body = tool_call("1", "read", R"({"path":"/tmp"})");
    post(session, body);
    REQUIRE(files.of<actors::forward_request>().size() == 1);
    const auto& call = files.of<actors::forward_request>()[0];
    CHECK(call.body == body);
    CHECK(call.item == "read");
    CHECK(call.unified_name.empty());
    CHECK(call.id.of(call.body) == "1");
    CHECK(call.name.of(call.body) == "\"read\"");
    CHECK_FALSE(call.progress_token.present());
    CHECK(call.number > 0);
    CHECK(stream->answers.empty());
    CHECK(spool.records().empty());
}

TEST_CASE_METHOD(session_fixture, "C3: an answer gets the client's id back, whatever its type",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    for (const std::string id :
         {"7", "\"7\"", "\"a\\u0041\\\"\"", "-1", "123456789012345678901234567890"}) {
        post(session, tool_call(id, "read"));
        answer_call(files, R"({"content":[]})", session);
        CHECK(stream->answers.back() ==
              R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":{"content":[]}})");
        CHECK(spool.records().back().request_id == id);
    }
}

TEST_CASE_METHOD(session_fixture,
                 "an answer in the turn that ends the session goes out before that",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    post(session, tool_call("1", "read"));
    stream->on_answer = [this] {
        CHECK(stream->finished == 0);
    };
    tell_answer(files, R"("result":{"content":[]})", session);
    tell(session, actors::close_session{});
    settle();
    CHECK(stream->answers.size() == 1);
    CHECK(stream->finished == 1);
    CHECK(spool.records().size() == 1);
}

TEST_CASE_METHOD(session_fixture, "an answered call leaves one whole record", "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    const auto received = clock.wall();
    post(session, tool_call("1", "read", R"({"path":"/tmp","password":"hunter2"})"));
    clock.advance(std::chrono::milliseconds(250));
    answer_call(files, R"({"content":[{"type":"text","text":"hi"}]})", session);
    const auto records = spool.records();
    REQUIRE(records.size() == 1);
    const auto& record = records[0];
    CHECK(record.status == call_status::success);
    CHECK(record.failure == error_class::none);
    CHECK(record.project == project.id);
    CHECK(record.retention_days == 7);
    CHECK(record.server == entry("files").definition.id);
    CHECK(record.server_name == "files");
    CHECK(record.tool_name == "read");
    CHECK(record.instance == spool.instance);
    CHECK(record.caller.principal == "key:1");
    CHECK(record.caller.client_name == "Cline");
    CHECK(record.times.received == received);
    CHECK(record.times.finished - record.times.received == std::chrono::milliseconds(250));
    CHECK(record.times.answered);
    CHECK(record.arguments.redacted);
    CHECK_THAT(record.arguments.bytes, Contains("/tmp") && !Contains("hunter2"));
    CHECK(record.result.bytes == R"({"content":[{"type":"text","text":"hi"}]})");
    CHECK_FALSE(record.id.is_nil());
}

TEST_CASE_METHOD(session_fixture, "a tool's own error is passed on and recorded as such",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    post(session, tool_call("1", "read"));
    answer_call(files, R"({"content":[],"isError":true})", session);
    CHECK_THAT(stream->answers.back(), Contains(R"("isError":true)"));
    REQUIRE(spool.records().size() == 1);
    CHECK(spool.records()[0].status == call_status::error);
    CHECK(spool.records()[0].failure == error_class::tool_error);
}

TEST_CASE_METHOD(session_fixture, "a late or doubled answer changes nothing", "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    post(session, tool_call("1", "read"));
    answer_call(files, "{}", session);
    answer_call(files, "{}", session);
    tell(session, failed(files, actors::call_fault::lost));
    settle();
    CHECK(stream->answers.size() == 1);
    CHECK(spool.records().size() == 1);
}

TEST_CASE_METHOD(session_fixture, "the unified endpoint routes a call by its prefix",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "");
    post(session, tool_call("1", "web__get"));
    post(session, tool_call("2", "files.read"));
    REQUIRE(web.of<actors::forward_request>().size() == 1);
    CHECK(web.of<actors::forward_request>()[0].item == "get");
    CHECK(web.of<actors::forward_request>()[0].unified_name == "web__get");
    REQUIRE(files.of<actors::forward_request>().size() == 1);
    CHECK(files.of<actors::forward_request>()[0].item == "read");
    answer_call(web, "{}", session);
    REQUIRE(spool.records().size() == 1);
    CHECK(spool.records()[0].server_name == "web");
    CHECK(spool.records()[0].tool_name == "get");
}

TEST_CASE_METHOD(session_fixture, "a refused call leaves one record of the right class",
                 "[actors][session]") {
    SECTION("before the handshake") {
        const auto session = open(session_kind::stream, "files");
        post(session, tool_call("1", "read"));
        CHECK_THAT(stream->answers.at(0), Contains("-32600"));
        REQUIRE(spool.records().size() == 1);
        CHECK(spool.records()[0].failure == error_class::initialization_incomplete);
        CHECK(spool.records()[0].server_name == "files");
    }
    SECTION("with bad parameters or an unknown prefix") {
        const auto session = open_ready(session_kind::stream, "");
        const std::vector<std::string> bodies{
            R"({"jsonrpc":"2.0","id":1,"method":"tools/call"})",
            R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":5}})",
            R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":1}})",
            tool_call("1", "nobody__read"),
            tool_call("1", "read"),
            tool_call("1", "files__")};
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            post(session, bodies[i]);
            INFO(bodies[i]);
            REQUIRE(stream->answers.size() == i + 1);
            CHECK_THAT(stream->answers.back(), Contains("-32602") && Contains(R"("id":1,)"));
            REQUIRE(spool.records().size() == i + 1);
            CHECK(spool.records().back().failure == error_class::invalid_parameters);
            CHECK(spool.records().back().status == call_status::error);
        }
    }
    CHECK(files.of<actors::forward_request>().empty());
    CHECK(web.of<actors::forward_request>().empty());
}

TEST_CASE_METHOD(session_fixture, "every fault of a server has its class in answer and record",
                 "[actors][session]") {
    using actors::call_fault;
    struct row {
        call_fault fault;
        call_status status;
        error_class failure;
        std::string code;
    };
    const std::vector<row> rows{
        {call_fault::unknown_item, call_status::error, error_class::invalid_parameters, "-32602"},
        {call_fault::not_started, call_status::error, error_class::execution_error, "-32603"},
        {call_fault::lost, call_status::error, error_class::no_response, "-32603"},
        {call_fault::timeout, call_status::timeout, error_class::timeout, "-32603"},
        {call_fault::overloaded, call_status::error, error_class::sse_bridge_error, "-32603"},
        {call_fault::disabled, call_status::error, error_class::execution_error, "-32603"}};
    const auto session = open_ready(session_kind::stream, "files");
    for (const auto& [fault, status, failure, code] : rows) {
        post(session, tool_call("\"x\"", "read"));
        tell(session, failed(files, fault));
        settle();
        CHECK_THAT(stream->answers.back(), Contains(code) && Contains("is in trouble") &&
                                               Contains(R"("id":"x")") &&
                                               Contains(R"("server":"files")"));
        CHECK(spool.records().back().status == status);
        CHECK(spool.records().back().failure == failure);
    }
    CHECK(spool.records().size() == rows.size());
    CHECK(stream->answers.size() == rows.size());
}

TEST_CASE_METHOD(session_fixture,
                 "C4: progress goes to a caller that gave a token, with that token",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    const auto progress = [&] {
        const auto number = files.of<actors::forward_request>().back().number;
        const auto token = std::to_string(number);
        const std::string head =
            R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)";
        tell(session, actors::request_progressed{number,
                                                 head + token + R"(,"progress":1}})",
                                                 {head.size(), token.size()}});
        settle();
    };
    post(session, tool_call("1", "read"));
    progress();
    CHECK(stream->sent.empty());
    post(session, R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"read",)"
                  R"("_meta":{"progressToken":"mine"}}})");
    progress();
    REQUIRE(stream->sent.size() == 1);
    CHECK_THAT(stream->sent[0], Contains(R"("progressToken":"mine","progress":1)"));
    answer_call(files, "{}", session);
    progress();
    CHECK(stream->sent.size() == 1);
}

TEST_CASE_METHOD(session_fixture, "a cancelled call is recorded once and never answered",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::requests, "files");
    const auto port = std::make_shared<fake_port>();
    post(session, tool_call("1", "read"), port);
    post(session, R"({"jsonrpc":"2.0","method":"notifications/cancelled",)"
                  R"("params":{"requestId":"1"}})");
    CHECK(port->abandoned == 0);
    post(session, cancel_1);
    REQUIRE(files.of<actors::cancel_request>().size() == 1);
    CHECK(files.of<actors::cancel_request>()[0].number ==
          files.of<actors::forward_request>()[0].number);
    CHECK(port->abandoned == 1);
    post(session, cancel_1);
    answer_call(files, "{}", session);
    CHECK(port->answers.empty());
    CHECK(port->abandoned == 1);
    REQUIRE(spool.records().size() == 1);
    CHECK(spool.records()[0].status == call_status::cancelled);
}

TEST_CASE_METHOD(session_fixture, "closing a session cancels, records and answers all its calls",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::requests, "");
    const auto port = std::make_shared<fake_port>();
    post(session, tool_call("1", "files__read"), port);
    post(session, tool_call("2", "files__read"), port);
    post(session, tool_call("3", "web__get"), port);
    tell(session, actors::close_session{});
    settle();
    CHECK(files.of<actors::cancel_request>().size() == 2);
    CHECK(web.of<actors::cancel_request>().size() == 1);
    REQUIRE(port->answers.size() == 3);
    for (const auto* id : {R"("id":1,)", R"("id":2,)", R"("id":3,)"}) {
        CHECK_THAT(port->answers[0] + port->answers[1] + port->answers[2], Contains(id));
    }
    CHECK_THAT(port->answers[0], Contains("-32603") && Contains("the session ended"));
    CHECK(port->abandoned == 0);
    REQUIRE(spool.records().size() == 3);
    for (const auto& record : spool.records()) {
        CHECK(record.status == call_status::cancelled);
    }
}

TEST_CASE_METHOD(session_fixture, "a call without a port is recorded and cancelled like any other",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::requests, "files");
    post(session, tool_call("1", "read"));
    post(session, cancel_1);
    post(session, tool_call("2", "read"));
    tell(session, actors::close_session{});
    settle();
    CHECK(spool.records().size() == 2);
}

TEST_CASE_METHOD(session_fixture, "a session for one call ends with it, without a trace in lists",
                 "[actors][session]") {
    const auto port = std::make_shared<fake_port>();
    const auto session = open(session_kind::one_call, "files");
    post(session, tool_call("1", "read"), port);
    CHECK(sessions.size() == 0);
    answer_call(files, R"({"content":[]})", session);
    CHECK(port->answers.size() == 1);
    post(session, tool_call("2", "read"), port);
    CHECK(files.of<actors::forward_request>().size() == 1);
    CHECK(writer.of<actors::session_opened>().empty());
    CHECK(writer.of<actors::session_closed>().empty());
}

TEST_CASE_METHOD(session_fixture, "a session has a maximum of open calls", "[actors][session]") {
    services->options.session_calls_max = 2;
    const auto session = open_ready(session_kind::stream, "files");
    post(session, tool_call("1", "read"));
    post(session, tool_call("2", "read"));
    CHECK(stream->answers.empty());
    post(session, tool_call("3", "read"));
    CHECK(files.of<actors::forward_request>().size() == 2);
    REQUIRE(stream->answers.size() == 1);
    CHECK_THAT(stream->answers[0], Contains("Too many open calls"));
    REQUIRE(spool.records().size() == 1);
    CHECK(spool.records()[0].failure == error_class::sse_bridge_error);
}

TEST_CASE("a full spool refuses calls before they reach their server", "[actors][session]") {
    session_fixture fixture(1'000);
    const auto session = fixture.open_ready(session_kind::stream, "files");
    fixture.post(session, tool_call("1", "read", R"({"x":")" + std::string(2'000, 'x') + "\"}"));
    fixture.answer_call(fixture.files, "{}", session);
    REQUIRE(fixture.spool.usage->full());
    fixture.post(session, tool_call("2", "read"));
    CHECK(fixture.files.of<actors::forward_request>().size() == 1);
    CHECK_THAT(fixture.stream->answers.back(), Contains("The call log cannot take more records"));
    // A refusal takes no room of its own: a client that goes on calling must not fill the disk.
    CHECK(fixture.spool.records().size() == 1);
    CHECK(fixture.recorders.front()->turned_away() == 1);
}

TEST_CASE_METHOD(session_fixture, "texts of any length leave room for the record",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    post(session, tool_call("1", "read"));
    const std::string words(17 * mib, 'x');
    answer_call_with(files, R"("error":{"code":-32000,"message":")" + words + "\"}", session);
    REQUIRE(spool.records().size() == 1);
    CHECK(spool.records()[0].error_message.size() == 8 * kib);
    CHECK(stream->answers.back().size() > words.size());
}

TEST_CASE_METHOD(session_fixture, "metrics and session writer hear of every finished call",
                 "[actors][session]") {
    const auto session = open_ready(session_kind::stream, "files");
    post(session, tool_call("1", "read"));
    clock.advance(std::chrono::milliseconds(5));
    answer_call(files, "{}", session);
    recorders.front()->announce();
    settle();
    for (auto* box : {&metrics, &writer}) {
        REQUIRE(box->of<actors::calls_finished>().size() == 1);
        const auto& calls = *box->of<actors::calls_finished>()[0].calls;
        REQUIRE(calls.size() == 1);
        CHECK(calls[0].tool == "read");
        CHECK(calls[0].duration == std::chrono::milliseconds(5));
    }
}

TEST_CASE_METHOD(session_fixture, "clients of older revisions get what they know",
                 "[actors][session]") {
    const std::string link = R"({"type":"resource_link","uri":"a:b","name":"n"})";
    const std::string result = R"({"content":[)" + link + R"(],"structuredContent":{"k":1}})";
    const std::string downgraded = R"({"content":[{"type":"text","text":"n: a:b"}]})";
    struct row {
        const char* version;
        bool older;
    };
    const auto [version, older] = GENERATE(row{"2024-11-05", true}, row{"2025-03-26", true},
                                           row{"2025-06-18", false}, row{"2025-11-25", false});
    CAPTURE(version);
    const auto session = open(session_kind::stream, "files");
    post(session, hello(version));
    post(session, tool_call("\"a\"", "read"));
    answer_call(files, result, session);
    REQUIRE(stream->answers.size() == 2);
    CHECK(stream->answers[1] ==
          R"({"jsonrpc":"2.0","id":"a","result":)" + (older ? downgraded : result) + "}");
    // The log has what the server said.
    CHECK(spool.records().front().result.bytes == result);

    post(session, R"({"jsonrpc":"2.0","id":3,"method":"prompts/get","params":{"name":"p"}})");
    answer_call(files, R"({"messages":[{"role":"user","content":)" + link + "}]}", session);
    REQUIRE(stream->answers.size() == 3);
    CHECK((stream->answers[2].find("resource_link") == std::string::npos) == older);

    post(session, R"({"jsonrpc":"2.0","id":4,"method":"tools/list"})");
    actors::items_listed listing;
    listing.number = files.of<actors::list_items>().back().number;
    listing.server = entry("files").definition.id;
    listing.items = std::make_shared<const actors::item_set>(
        actors::item_set{{{"t", R"({"name":"t","title":"T","outputSchema":{}})"}}});
    tell(session, std::move(listing));
    settle();
    REQUIRE(stream->answers.size() == 4);
    CHECK_THAT(stream->answers[3], Contains(R"("title":"T")"));
    CHECK((stream->answers[3].find("outputSchema") == std::string::npos) == older);
}
