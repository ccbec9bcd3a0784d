#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

#include <csignal>

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using actors::call_fault;
using actors::open_requests;
using Catch::Matchers::Contains;
using model::server_state;

namespace {

struct crashing_server : server_fixture {
    /// Serves, and is in the pause after the second crash then.
    void crash_twice() {
        serve();
        REQUIRE(call_works());
        call("die");
        (void)wait_for_failure(1);
        REQUIRE(wait_for(server_state::online));
        call("die");
        (void)wait_for_failure(2);
    }
    /// One crash more than a minute may see.
    void crash_too_often() {
        for (std::size_t crash = 1; crash <= 6; ++crash) {
            REQUIRE(call_works());
            call("die");
            REQUIRE(wait_for_failure(crash).fault == call_fault::lost);
            advance(3s);
        }
        REQUIRE(wait_for(server_state::error));
    }
};

} // namespace

TEST_CASE_METHOD(server_fixture, "a call without an answer times out and is cancelled",
                 "[actors][server]") {
    serve();
    REQUIRE(call_works());
    const auto number = call("late");
    settle();
    advance(entry.definition.call_timeout - 1ms);
    CHECK(client.of<actors::request_failed>().empty());
    advance(1ms);
    const auto failure = wait_for_failure();
    CHECK(failure.number == number);
    CHECK(failure.fault == call_fault::timeout);
    CHECK_THAT(failure.reason, Contains("'scripted'") && Contains("60000 ms"));
    CHECK(failure.marks.sent);
    CHECK_FALSE(failure.marks.answered);
    REQUIRE(call_works());
    CHECK_THAT(transcript(), Contains(R"("requestId":)" + std::to_string(number)));
    CHECK_FALSE(answer_to(number));
    CHECK(view().status.state == server_state::online);
}

TEST_CASE_METHOD(server_fixture, "progress begins the time-out of its call anew, ten times at most",
                 "[actors][server]") {
    services.options.handshake_timeout = 24h;
    serve();
    REQUIRE(call_works());
    const auto timeout = entry.definition.call_timeout;
    const auto reporting = call("hang", R"(,"_meta":{"progressToken":"mine"})");
    const auto silent = call("hang");
    auto report = [&, reports = std::size_t{0}]() mutable {
        tell(server, actors::refresh_status{});
        ++reports;
        return run_until([&] { return client.of<actors::request_progressed>().size() >= reports; });
    };
    REQUIRE(report());
    for (int i = 0; i < open_requests::timeouts_max + 1; ++i) {
        advance(timeout - timeout / 10);
        CHECK(client.of<actors::request_failed>().size() == (i == 0 ? 0 : 1));
        REQUIRE(report());
    }
    CHECK(wait_for_failure().number == silent);
    advance(timeout / 10 - 1ms);
    CHECK(client.of<actors::request_failed>().size() == 1);
    advance(1ms);
    const auto failure = wait_for_failure(2);
    CHECK(failure.number == reporting);
    CHECK(failure.fault == call_fault::timeout);
    CHECK_THAT(failure.reason, Contains("600000 ms"));
}

TEST_CASE_METHOD(server_fixture, "a call that waits for a start times out too",
                 "[actors][server]") {
    services.options.handshake_timeout = 24h;
    serve("mute");
    call("echo");
    settle();
    advance(entry.definition.call_timeout);
    const auto failure = wait_for_failure();
    CHECK(failure.fault == call_fault::timeout);
    CHECK(failure.marks.queued);
    CHECK_FALSE(failure.marks.sent);
    CHECK(transcript_count("notifications/cancelled") == 0);
}

TEST_CASE_METHOD(server_fixture, "a crash answers open calls at once and names the signal",
                 "[actors][server]") {
    serve();
    REQUIRE(call_works());
    const auto hanging = call("hang");
    call("die");
    (void)wait_for_failure(2);
    REQUIRE(client.of<actors::request_failed>().size() == 2);
    for (const auto& failure : client.of<actors::request_failed>()) {
        CHECK(failure.fault == call_fault::lost);
        CHECK_THAT(failure.reason, Contains("'scripted'") && Contains("SIGKILL"));
    }
    CHECK_FALSE(answer_to(hanging));
    // Restarted at once, and nothing that was sent is sent again.
    REQUIRE(wait_for(server_state::online));
    REQUIRE(call_works());
    CHECK(view().starts == 2);
    CHECK(view().restarts == 1);
    CHECK(transcript_count("\"die\"") == 1);
    CHECK(transcript_count("\"hang\"") == 1);
}

TEST_CASE_METHOD(server_fixture, "an exit in the middle of a call names the exit code",
                 "[actors][server]") {
    serve();
    REQUIRE(call_works());
    call("leave");
    const auto failure = wait_for_failure();
    CHECK(failure.fault == call_fault::lost);
    CHECK_THAT(failure.reason, Contains("exit code 4"));
}

TEST_CASE_METHOD(crashing_server, "the second crash is followed by a pause in which calls wait",
                 "[actors][server]") {
    crash_twice();
    const auto number = call("echo");
    settle();
    CHECK(view().starts == 2);
    CHECK(view().pid == 0);
    advance(199ms);
    CHECK(view().starts == 2);
    advance(101ms);
    CHECK(view().starts == 3);
    CHECK(run_until([&] { return answer_to(number).has_value(); }));
}

TEST_CASE_METHOD(crashing_server, "only another program ends the pause after a crash",
                 "[actors][server]") {
    crash_twice();
    const auto number = call("echo");
    settle();
    SECTION("what it is for does not") {
        entry.definition.description = "another word for it";
        tell(server, actors::change_server{entry});
        advance(199ms);
        CHECK(view().starts == 2);
        advance(101ms);
    }
    SECTION("another variable does") {
        entry.definition.env.push_back({"ANOTHER", "1"});
        tell(server, actors::change_server{entry});
        settle();
    }
    CHECK(view().starts == 3);
    CHECK(run_until([&] { return answer_to(number).has_value(); }));
}

TEST_CASE_METHOD(crashing_server,
                 "more than five crashes in a minute are an error until it is over",
                 "[actors][server]") {
    serve();
    crash_too_often();
    CHECK_THAT(view().status.last_error, Contains("SIGKILL") && Contains("too often"));
    call("echo");
    const auto refused = wait_for_failure(7);
    CHECK(refused.fault == call_fault::not_started);
    CHECK_THAT(refused.reason, Contains("too often"));
    CHECK(view().starts == 6);
    advance(60s);
    REQUIRE(call_works());
    CHECK(view().starts == 7);
}

TEST_CASE_METHOD(crashing_server, "a refresh ends the pause after too many crashes",
                 "[actors][server]") {
    serve();
    crash_too_often();
    ask(caller, server, actors::refresh_status{});
    REQUIRE(run_until([&] { return client.of<actors::status_report>().size() == 1; }));
    CHECK(client.of<actors::status_report>()[0].status.state == server_state::online);
    CHECK(call_works());
}

TEST_CASE_METHOD(crashing_server, "a routine check keeps to the pause after too many crashes",
                 "[actors][server]") {
    serve();
    crash_too_often();
    const actors::refresh_status routine{actors::check_kind::routine};
    ask(caller, server, routine);
    auto& reports = client.of<actors::status_report>();
    REQUIRE(run_until([&] { return reports.size() == 1; }));
    CHECK(reports[0].status.state == server_state::error);
    CHECK(view().starts == 6);
    advance(60s);
    ask(caller, server, routine);
    REQUIRE(run_until([&] { return reports.size() == 2; }));
    CHECK(reports[1].status.state == server_state::online);
    CHECK(view().starts == 7);
}

TEST_CASE_METHOD(server_fixture, "a server that ends at its start says why", "[actors][server]") {
    serve("exits");
    call("echo");
    tell(server, actors::list_items{caller, 9});
    const auto failure = wait_for_failure();
    CHECK(failure.fault == call_fault::not_started);
    CHECK_THAT(failure.reason, Contains("'scripted'") && Contains("exit code 3") &&
                                   Contains("cannot find my configuration"));
    REQUIRE(client.of<actors::items_listed>().size() == 1);
    CHECK_THAT(client.of<actors::items_listed>()[0].fault, Contains("exit code 3"));
    CHECK(view().status.state == server_state::error);
    // The next call tries again.
    call("echo");
    CHECK(wait_for_failure(2).fault == call_fault::not_started);
    CHECK(view().starts == 2);
}

TEST_CASE_METHOD(server_fixture, "starts that keep failing are slowed down", "[actors][server]") {
    serve("exits");
    for (std::size_t i = 1; i <= 20; ++i) {
        call("echo");
        REQUIRE(wait_for_failure(i).fault == call_fault::not_started);
    }
    CHECK(view().starts == 2);
    advance(200ms);
    call("echo");
    REQUIRE(wait_for_failure(21).fault == call_fault::not_started);
    CHECK(view().starts == 3);
}

TEST_CASE_METHOD(server_fixture, "a missing program is named", "[actors][server]") {
    entry.definition.command = "no-such-program-anywhere";
    serve();
    call("echo");
    const auto failure = wait_for_failure();
    CHECK(failure.fault == call_fault::not_started);
    CHECK_THAT(failure.reason, Contains("no-such-program-anywhere"));
    CHECK(view().status.state == server_state::error);
    CHECK(view().starts == 0);
}

TEST_CASE_METHOD(server_fixture, "a remote server that is away is named with its place",
                 "[actors][server]") {
    entry.definition.kind = model::transport::streamable_http;
    entry.definition.url = "http://127.0.0.1:9/mcp?key=secret";
    serve();
    call("echo");
    const auto failure = wait_for_failure();
    CHECK(failure.fault == call_fault::not_started);
    CHECK_THAT(failure.reason, Contains("'scripted'") && Contains("http://127.0.0.1:9: ") &&
                                   Contains("refused") && !Contains("secret"));
    CHECK(view().status.state == server_state::error);
    CHECK(view().pid == 0);
    CHECK(logged("connecting to http://127.0.0.1:9"));
    CHECK_FALSE(logged("secret"));
}

TEST_CASE_METHOD(server_fixture, "a handshake without an answer ends the process",
                 "[actors][server]") {
    serve("mute");
    call("echo");
    REQUIRE(run_until([&] { return transcript_count("initialize") == 1; }));
    advance(services.options.handshake_timeout - 1ms);
    CHECK(client.of<actors::request_failed>().empty());
    advance(1ms);
    const auto failure = wait_for_failure();
    CHECK(failure.fault == call_fault::not_started);
    CHECK_THAT(failure.reason, Contains("no answer to the handshake"));
    CHECK(view().pid == 0);
}

TEST_CASE_METHOD(server_fixture, "a version that nobody speaks and a refused list fail the start",
                 "[actors][server]") {
    SECTION("version") {
        serve("futuristic");
        call("echo");
        CHECK_THAT(wait_for_failure().reason, Contains("handshake failed"));
    }
    SECTION("list") {
        serve("listless");
        call("echo");
        CHECK_THAT(wait_for_failure().reason,
                   Contains("tools/list failed") && Contains("no list today"));
    }
    CHECK(view().status.state == server_state::error);
}

TEST_CASE_METHOD(server_fixture, "U1: a server that ignores the end of its input gets SIGTERM",
                 "[actors][server]") {
    serve("deaf");
    REQUIRE(call_works());
    ask(caller, server, actors::stop_server{});
    settle();
    CHECK(client.of<actors::stopped>().empty());
    advance(services.options.server_stop_grace);
    REQUIRE(run_until([&] { return client.of<actors::stopped>().size() == 1; }));
    CHECK(logged("SIGTERM"));
}

TEST_CASE_METHOD(server_fixture, "U1: a server that ignores SIGTERM too is killed",
                 "[actors][server]") {
    // Longer than the launcher waits by the clock of the machine.
    services.options.server_stop_grace = 10min;
    serve("stubborn");
    REQUIRE(call_works());
    ask(caller, server, actors::stop_server{});
    settle();
    advance(10min);
    CHECK(client.of<actors::stopped>().empty());
    advance(20min);
    REQUIRE(run_until([&] { return client.of<actors::stopped>().size() == 1; }));
    CHECK(logged("SIGKILL"));
    CHECK(view().pid == 0);
}

TEST_CASE_METHOD(server_fixture, "a server that does not read its input refuses calls",
                 "[actors][server]") {
    services.child.stdin_queue_bytes_max = 256 * 1024;
    serve("unread");
    const std::string filler = R"(,"_meta":{"filler":")" + std::string(100'000, 'x') + "\"}";
    for (int i = 0; i < 10; ++i) {
        call("hang", filler);
    }
    const auto failure = wait_for_failure();
    CHECK(failure.fault == call_fault::overloaded);
    CHECK_THAT(failure.reason, Contains("does not read its input"));
}

TEST_CASE_METHOD(server_fixture, "the calls that wait for a start are bounded",
                 "[actors][server]") {
    services.options.queued_calls_max = 3;
    serve();
    for (int i = 0; i < 5; ++i) {
        call("echo");
    }
    CHECK(wait_for_failure(2).fault == call_fault::overloaded);
    REQUIRE(run_until([&] { return client.of<actors::request_answered>().size() == 3; }));
    CHECK(client.of<actors::request_failed>().size() == 2);
}

TEST_CASE_METHOD(server_fixture, "the bytes of the calls that wait for a start are bounded",
                 "[actors][server]") {
    services.options.queued_bytes_max = 10'000;
    const auto filler = [](std::size_t bytes) {
        return R"(,"_meta":{"filler":")" + std::string(bytes, 'x') + "\"}";
    };
    serve();
    auto& answers = client.of<actors::request_answered>();
    auto& failures = client.of<actors::request_failed>();
    SECTION("and those of a withdrawn call are free again") {
        const auto first = call("echo", filler(6'000));
        call("echo", filler(6'000));
        const auto failure = wait_for_failure();
        CHECK(failure.number == first + 1);
        CHECK(failure.fault == call_fault::overloaded);
        CHECK_THAT(failure.reason, Contains("'scripted'") && Contains("bytes"));
        tell(server, actors::cancel_request{first});
        call("echo", filler(6'000));
        call("echo", filler(1'000));
        REQUIRE(run_until([&] { return answers.size() == 2; }));
        CHECK(failures.size() == 1);
    }
    SECTION("and those of sent calls are free again") {
        call("echo", filler(6'000));
        for (std::size_t crash = 1; crash <= 2; ++crash) {
            REQUIRE(wait_for(server_state::online));
            call("die");
            REQUIRE(wait_for_failure(crash).fault == call_fault::lost);
        }
        // The pause after the second crash.
        call("echo", filler(6'000));
        call("echo", filler(3'000));
        advance(300ms);
        REQUIRE(run_until([&] { return answers.size() == 3; }));
        CHECK(failures.size() == 2);
    }
    SECTION("but one call may wait whatever its size") {
        call("echo", filler(20'000));
        REQUIRE(run_until([&] { return answers.size() == 1; }));
        CHECK(failures.empty());
    }
}

TEST_CASE_METHOD(server_fixture, "the lists that wait for a start are bounded",
                 "[actors][server]") {
    services.options.open_lists_max = 2;
    serve();
    for (std::uint64_t number = 1; number <= 3; ++number) {
        tell(server, actors::list_items{caller, number});
    }
    auto& lists = client.of<actors::items_listed>();
    REQUIRE(run_until([&] { return lists.size() == 3; }));
    CHECK(lists[0].number == 3);
    CHECK_THAT(lists[0].fault, Contains("'scripted'") && Contains("too many open requests"));
    for (const auto number : {1, 2}) {
        CHECK(lists[static_cast<std::size_t>(number)].number == static_cast<unsigned>(number));
        CHECK(lists[static_cast<std::size_t>(number)].items != nullptr);
    }
}

TEST_CASE_METHOD(server_fixture, "a list does not wait for ever", "[actors][server]") {
    services.options.handshake_timeout = 1s;
    services.options.list_patience = 24h;
    serve("mute");
    tell(server, actors::list_items{caller, 7});
    settle();
    auto& lists = client.of<actors::items_listed>();
    SECTION("a start that hangs is its end") {
        REQUIRE(run_until([&] { return transcript_count("initialize") == 1; }));
        advance(1s);
        REQUIRE(run_until([&] { return lists.size() == 1; }));
        CHECK_THAT(lists[0].fault, Contains("no answer to the handshake"));
    }
    SECTION("nor for a start that never comes to an end") {
        advance(24h + 1s);
        REQUIRE(lists.size() == 1);
        CHECK_THAT(lists[0].fault,
                   Contains("'scripted'") && Contains("did not list its tools within"));
        CHECK(lists[0].number == 7);
    }
}

TEST_CASE_METHOD(server_fixture, "answers to nothing are noted at a bounded rate",
                 "[actors][server]") {
    services.options.stderr_lines_per_second = 20;
    serve("stray");
    REQUIRE(call_works());
    std::size_t noted = 0;
    for (const auto& line : log.of<actors::server_logged>()) {
        noted += line.entry.message.find("never sent") != std::string::npos ? 1 : 0;
    }
    CHECK(noted == 20);
    advance(1s);
    CHECK(logged("480 more lines were left out"));
}

TEST_CASE_METHOD(server_fixture, "the open calls of a server are bounded", "[actors][server]") {
    services.options.open_calls_max = 3;
    serve();
    REQUIRE(call_works());
    for (int i = 0; i < 4; ++i) {
        call("hang");
    }
    const auto failure = wait_for_failure(1);
    CHECK(failure.fault == call_fault::overloaded);
    CHECK(client.of<actors::request_failed>().size() == 1);
}

TEST_CASE_METHOD(server_fixture, "an actor that ends leaves no call without an answer",
                 "[actors][server]") {
    serve();
    REQUIRE(call_works());
    call("hang");
    settle();
    SECTION("sent") {}
    SECTION("waiting") {
        advance(0ms);
        ask(caller, server, actors::stop_server{});
        call("echo");
    }
    caf::anon_send_exit(server, caf::exit_reason::user_shutdown);
    CHECK(run_until([&] { return !client.of<actors::request_failed>().empty(); }));
    for (const auto& failure : client.of<actors::request_failed>()) {
        CHECK(failure.fault == call_fault::lost);
    }
}
