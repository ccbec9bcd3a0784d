#include "mcp/request_params.hpp"
#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

#include "mcp/tool_name.hpp"

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using model::server_state;

TEST_CASE_METHOD(server_fixture, "a server starts with its first call and answers it",
                 "[actors][server]") {
    serve();
    CHECK(view().status.state == server_state::unknown);
    CHECK(view().pid == 0);
    CHECK(transcript().empty());
    const auto number = call("echo");
    REQUIRE(run_until([&] { return answer_to(number).has_value(); }));
    const auto answer = *answer_to(number);
    CHECK(answer.parts.id.of(answer.line) == std::to_string(number));
    CHECK_THAT(answer.line, Contains("echo"));
    CHECK(answer.marks.queued);
    CHECK(answer.marks.sent);
    CHECK(answer.marks.answered);
    CHECK(view().status.state == server_state::online);
    CHECK(view().pid > 0);
    CHECK(view().starts == 1);
    CHECK(view().status.tools_count == 12);
    CHECK(logged("scripted 1 speaks 2025-06-18"));
}

TEST_CASE_METHOD(server_fixture,
                 "U2: the server sees a handshake first, then the client's own bytes",
                 "[actors][server]") {
    serve();
    REQUIRE(call_works());
    const auto number = call("with space");
    REQUIRE(run_until([&] { return answer_to(number).has_value(); }));
    const auto text = transcript();
    CHECK(text.substr(0, text.find('\n')).find("\"initialize\"") != std::string::npos);
    CHECK(text.find("\"initialize\"") < text.find("notifications/initialized"));
    CHECK(text.find("notifications/initialized") < text.find("tools/list"));
    CHECK(text.find("tools/list") < text.find("tools/call"));
    CHECK_THAT(text, Contains(R"({"jsonrpc":"2.0","id":)" + std::to_string(number) +
                              R"(,"method":"tools/call","params":{"name":"with space",)"
                              R"("arguments":{}}})"));
}

TEST_CASE_METHOD(server_fixture, "calls wait for the start and keep their order",
                 "[actors][server]") {
    serve();
    std::vector<std::uint64_t> numbers;
    for (int i = 0; i < 20; ++i) {
        numbers.push_back(call("echo"));
    }
    REQUIRE(run_until([&] { return client.of<actors::request_answered>().size() == 20; }));
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        CHECK(client.of<actors::request_answered>()[i].number == numbers[i]);
    }
    CHECK(view().starts == 1);
}

TEST_CASE_METHOD(server_fixture, "an unknown tool never reaches the server", "[actors][server]") {
    serve();
    call("no-such-tool");
    const auto failure = wait_for_failure();
    CHECK(failure.fault == actors::call_fault::unknown_item);
    CHECK_THAT(failure.reason, Contains("no-such-tool"));
    REQUIRE(call_works());
    CHECK(transcript_count("no-such-tool") == 0);
}

TEST_CASE_METHOD(server_fixture, "a shortened unified name finds its tool", "[actors][server]") {
    serve();
    REQUIRE(call_works());
    const auto name = mcp::public_tool_name("scripted", "with space");
    REQUIRE(name.find(' ') == std::string::npos);
    actors::forward_request call;
    call.session = caller;
    call.number = 77;
    call.item = name.substr(std::string("scripted__").size());
    call.unified_name = name;
    call.body = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":")" + name +
                "\"}}";
    const auto parts = mcp::parse_client_message(call.body).value();
    call.id = parts.id;
    call.name = mcp::parse_request_params(call.body, parts, mcp::request_target::tool).value().name;
    tell(server, std::move(call));
    REQUIRE(run_until([&] { return answer_to(77).has_value(); }));
    CHECK_THAT(answer_to(77)->line, Contains("with space"));
}

TEST_CASE_METHOD(server_fixture, "errors of a tool are answers", "[actors][server]") {
    serve();
    const auto failing = call("fail");
    const auto refusing = call("refuse");
    REQUIRE(run_until([&] { return client.of<actors::request_answered>().size() == 2; }));
    CHECK_THAT(answer_to(failing)->line, Contains("isError"));
    CHECK(answer_to(refusing)->parts.error.present());
    CHECK(client.of<actors::request_failed>().empty());
}

TEST_CASE_METHOD(server_fixture, "noise on stdout is logged and hurts no call",
                 "[actors][server]") {
    serve();
    REQUIRE(call_works("noise"));
    CHECK(logged("Loading model..."));
    CHECK(client.of<actors::request_answered>().size() == 1);
    REQUIRE(call_works());
    CHECK(view().starts == 1);
}

TEST_CASE_METHOD(server_fixture, "progress is told with the place of its token",
                 "[actors][server]") {
    serve();
    const auto number = call("progress", R"(,"_meta":{"progressToken":"mine"})");
    REQUIRE(run_until([&] { return answer_to(number).has_value(); }));
    REQUIRE(client.of<actors::request_progressed>().size() == 1);
    const auto& progress = client.of<actors::request_progressed>()[0];
    CHECK(progress.number == number);
    CHECK(progress.token.of(progress.line) == std::to_string(number));
    CHECK_THAT(transcript(), !Contains("\"mine\",\"") && !Contains(R"("progressToken":"mine")"));
}

TEST_CASE_METHOD(server_fixture, "what the server asks is answered", "[actors][server]") {
    serve();
    REQUIRE(call_works("ask"));
    REQUIRE(call_works());
    CHECK_THAT(transcript(), Contains(R"({"jsonrpc":"2.0","id":"p1","result":{}})"));
    CHECK_THAT(transcript(), Contains(R"("id":"r1","error")") && Contains("-32601"));
}

TEST_CASE_METHOD(server_fixture, "a list starts the server once and is then known by heart",
                 "[actors][server]") {
    serve();
    tell(server, actors::list_items{caller, 5});
    REQUIRE(run_until([&] { return client.of<actors::items_listed>().size() == 1; }));
    const auto first = client.of<actors::items_listed>()[0];
    CHECK(first.number == 5);
    CHECK(first.server == entry.definition.id);
    CHECK(first.fault.empty());
    REQUIRE(first.items);
    CHECK(first.items->items.size() == 12);
    CHECK(log.of<actors::items_discovered>().size() == 1);
    advance(services.options.server_idle_stop);
    REQUIRE(wait_for(server_state::stopped));
    tell(server, actors::list_items{caller, 6});
    settle();
    REQUIRE(client.of<actors::items_listed>().size() == 2);
    CHECK(client.of<actors::items_listed>()[1].items == first.items);
    CHECK(view().starts == 1);
}

TEST_CASE_METHOD(server_fixture, "changed tools are told to the sessions that see them",
                 "[actors][server]") {
    serve();
    inbox own;
    inbox foreign;
    REQUIRE(sessions.add("own", {probe(own), "", entry.definition.project, {}}));
    REQUIRE(sessions.add("foreign", {probe(foreign), "", project_id::random(), {}}));
    REQUIRE(call_works());
    CHECK(own.of<actors::items_changed>().empty());
    REQUIRE(call_works("change"));
    advance(actors::page_listing::limits{}.first_pause);
    CHECK(run_until([&] { return own.of<actors::items_changed>().size() == 1; }));
    CHECK(foreign.of<actors::items_changed>().empty());
    CHECK(view().lists.tools()->find("new") != nullptr);
    CHECK(log.of<actors::items_discovered>().size() == 2);
    CHECK(view().status.tools_count == 13);
}

TEST_CASE_METHOD(server_fixture, "an idle server stops and starts again with the next call",
                 "[actors][server]") {
    serve();
    REQUIRE(call_works());
    advance(services.options.server_idle_stop - 1ms);
    CHECK(view().status.state == server_state::online);
    advance(1ms);
    REQUIRE(wait_for(server_state::stopped));
    CHECK(view().pid == 0);
    REQUIRE(call_works());
    CHECK(view().starts == 2);
    CHECK(view().restarts == 0);
}

TEST_CASE_METHOD(server_fixture, "a server with an open call is not idle", "[actors][server]") {
    entry.definition.call_timeout = 24h;
    serve();
    REQUIRE(call_works());
    call("hang");
    settle();
    advance(2 * services.options.server_idle_stop);
    CHECK(view().status.state == server_state::online);
    CHECK_FALSE(logged("stopping: idle"));
}

TEST_CASE_METHOD(server_fixture, "a call that comes while the server stops starts it again",
                 "[actors][server]") {
    serve();
    REQUIRE(call_works());
    advance(services.options.server_idle_stop);
    REQUIRE(call_works());
    CHECK(view().starts == 2);
}

TEST_CASE_METHOD(server_fixture, "a refresh starts the server and reports what it found",
                 "[actors][server]") {
    serve();
    ask(caller, server, actors::refresh_status{});
    auto& reports = client.of<actors::status_report>();
    REQUIRE(run_until([&] { return reports.size() == 1; }));
    CHECK(reports[0].status.state == server_state::online);
    CHECK(reports[0].status.tools_count == 12);
    CHECK(reports[0].status.last_checked == clock.wall());
    CHECK(reports[0].tools->items.size() == 12);
    clock.advance(5s);
    ask(caller, server, actors::refresh_status{});
    REQUIRE(run_until([&] { return reports.size() == 2; }));
    CHECK(reports[1].status.last_checked == clock.wall());
    CHECK(view().starts == 1);
    CHECK(transcript_count("\"tools/list\"") == 2);
}

TEST_CASE_METHOD(server_fixture,
                 "a routine check leaves a server asleep that was stopped when idle",
                 "[actors][server]") {
    // One that is `auto` is probed then.
    entry.definition.policy = {model::process_policy::kind::shared};
    serve();
    const actors::refresh_status routine{actors::check_kind::routine};
    auto& reports = client.of<actors::status_report>();
    // Nothing is known yet: it has to start.
    ask(caller, server, routine);
    REQUIRE(run_until([&] { return reports.size() == 1; }));
    CHECK(view().starts == 1);
    advance(services.options.server_idle_stop);
    REQUIRE(wait_for(server_state::stopped));
    ask(caller, server, routine);
    settle();
    REQUIRE(reports.size() == 2);
    CHECK(reports[1].status.state == server_state::stopped);
    CHECK(reports[1].tools->items.size() == 12);
    CHECK(view().starts == 1);
    ask(caller, server, actors::refresh_status{});
    REQUIRE(run_until([&] { return reports.size() == 3; }));
    CHECK(view().starts == 2);
}

TEST_CASE_METHOD(server_fixture, "a refresh of a server that cannot start says why",
                 "[actors][server]") {
    serve("exits");
    ask(caller, server, actors::refresh_status{});
    auto& reports = client.of<actors::status_report>();
    REQUIRE(run_until([&] { return reports.size() == 1; }));
    CHECK(reports[0].status.state == server_state::error);
    CHECK_THAT(reports[0].status.last_error, Contains("cannot find my configuration"));
}

TEST_CASE_METHOD(server_fixture, "a refresh that gets no answer ends in time", "[actors][server]") {
    services.options.handshake_timeout = 24h;
    serve("mute");
    ask(caller, server, actors::refresh_status{});
    settle();
    CHECK(client.of<actors::status_report>().empty());
    advance(30s);
    REQUIRE(client.of<actors::status_report>().size() == 1);
    CHECK_THAT(client.of<actors::status_report>()[0].status.last_error, Contains("in time"));
}

TEST_CASE_METHOD(server_fixture, "a disabled server is never started", "[actors][server]") {
    entry.definition.enabled = false;
    serve();
    CHECK(view().status.state == server_state::disabled);
    call("echo");
    tell(server, actors::list_items{caller, 1});
    ask(caller, server, actors::refresh_status{});
    settle();
    CHECK(wait_for_failure().fault == actors::call_fault::disabled);
    REQUIRE(client.of<actors::items_listed>().size() == 1);
    CHECK_THAT(client.of<actors::items_listed>()[0].fault, Contains("disabled"));
    CHECK(client.of<actors::status_report>().size() == 1);
    CHECK(view().starts == 0);
}

TEST_CASE_METHOD(server_fixture, "a changed command is used from the next start on",
                 "[actors][server]") {
    serve();
    REQUIRE(call_works());
    entry.definition.args = {"deaf"};
    tell(server, actors::change_server{entry});
    settle();
    // The old process is told to end; a call meanwhile waits for the new one.
    const auto number = call("echo");
    REQUIRE(run_until([&] { return answer_to(number).has_value(); }));
    CHECK(view().starts == 2);
}

TEST_CASE_METHOD(server_fixture, "a change of words alone keeps the process", "[actors][server]") {
    serve();
    REQUIRE(call_works());
    entry.definition.description = "other words";
    entry.definition.call_timeout = 5s;
    tell(server, actors::change_server{entry});
    REQUIRE(call_works());
    CHECK(view().starts == 1);
    call("hang");
    settle();
    advance(5s);
    CHECK(wait_for_failure().fault == actors::call_fault::timeout);
}

TEST_CASE_METHOD(server_fixture, "disabling a server stops it and refuses what waits",
                 "[actors][server]") {
    serve();
    REQUIRE(call_works());
    entry.definition.enabled = false;
    tell(server, actors::change_server{entry});
    REQUIRE(run_until([&] { return view().pid == 0; }));
    CHECK(view().status.state == server_state::disabled);
    call("echo");
    CHECK(wait_for_failure().fault == actors::call_fault::disabled);
    entry.definition.enabled = true;
    tell(server, actors::change_server{entry});
    REQUIRE(call_works());
    CHECK(view().starts == 2);
}

TEST_CASE_METHOD(server_fixture, "a stop is confirmed when the process is gone",
                 "[actors][server]") {
    serve();
    REQUIRE(call_works());
    ask(caller, server, actors::stop_server{});
    REQUIRE(run_until([&] { return client.of<actors::stopped>().size() == 1; }));
    CHECK(view().pid == 0);
    CHECK(view().status.state == server_state::stopped);
    ask(caller, server, actors::stop_server{});
    settle();
    CHECK(client.of<actors::stopped>().size() == 2);
}

TEST_CASE_METHOD(server_fixture, "C5: a cancelled call is told to the server, its answer dropped",
                 "[actors][server]") {
    serve();
    REQUIRE(call_works());
    const auto number = call("late");
    settle();
    tell(server, actors::cancel_request{number});
    tell(server, actors::cancel_request{number});
    tell(server, actors::cancel_request{424'242});
    settle();
    REQUIRE(run_until([&] { return transcript_count("notifications/cancelled") > 0; }));
    // The server answers in order: the late answer came before this one.
    REQUIRE(call_works());
    CHECK_FALSE(answer_to(number));
    CHECK(transcript_count(R"("requestId":)" + std::to_string(number)) == 1);
    CHECK(transcript_count("notifications/cancelled") == 1);
    CHECK(client.of<actors::request_failed>().empty());
}

TEST_CASE_METHOD(server_fixture, "a call that is cancelled while it waits never reaches the server",
                 "[actors][server]") {
    serve();
    const auto withdrawn = call("fail");
    const auto kept = call("echo");
    tell(server, actors::cancel_request{withdrawn});
    REQUIRE(run_until([&] { return answer_to(kept).has_value(); }));
    CHECK_FALSE(answer_to(withdrawn));
    CHECK(transcript_count("\"fail\"") == 0);
    CHECK(transcript_count("notifications/cancelled") == 0);
}
