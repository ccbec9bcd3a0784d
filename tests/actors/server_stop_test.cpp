#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using actors::call_fault;
using Catch::Matchers::Contains;

TEST_CASE_METHOD(server_fixture, "a call to a server that is being stopped is refused at once",
                 "[actors][server][stop]") {
    serve("deaf");
    REQUIRE(call_works());
    ask(caller, server, actors::stop_server{});
    const auto number = call("echo");
    settle();
    REQUIRE(client.of<actors::request_failed>().size() == 1);
    const auto& failure = client.of<actors::request_failed>()[0];
    CHECK(failure.number == number);
    CHECK(failure.fault == call_fault::lost);
    CHECK_THAT(failure.reason, Contains("'scripted'") && Contains("is being stopped"));
    CHECK(client.of<actors::stopped>().empty());
}

TEST_CASE_METHOD(server_fixture, "a server that was stopped refuses everything and stays down",
                 "[actors][server][stop]") {
    serve();
    SECTION("after it ran") {
        REQUIRE(call_works());
        ask(caller, server, actors::stop_server{});
        REQUIRE(run_until([&] { return client.of<actors::stopped>().size() == 1; }));
    }
    SECTION("before it ever ran") {
        ask(caller, server, actors::stop_server{});
        tell(server, actors::list_items{caller, 7});
        settle();
        REQUIRE(client.of<actors::stopped>().size() == 1);
        REQUIRE(client.of<actors::items_listed>().size() == 1);
        CHECK_THAT(client.of<actors::items_listed>()[0].fault, Contains("is being stopped"));
    }
    const auto starts = view().starts;
    call("echo");
    ask(caller, server, actors::refresh_status{});
    settle();
    REQUIRE(client.of<actors::request_failed>().size() == 1);
    CHECK(client.of<actors::request_failed>()[0].fault == call_fault::lost);
    CHECK(client.of<actors::status_report>().size() == 1);
    CHECK(view().starts == starts);
}

TEST_CASE_METHOD(server_fixture, "a server that is stopped between two starts is not started again",
                 "[actors][server][stop]") {
    serve();
    REQUIRE(call_works());
    call("die");
    (void)wait_for_failure(1);
    REQUIRE(wait_for(model::server_state::online));
    call("die");
    (void)wait_for_failure(2);
    REQUIRE(view().starts == 2);
    SECTION("stopped") {
        ask(caller, server, actors::stop_server{});
        advance(1s);
        CHECK(client.of<actors::stopped>().size() == 1);
        CHECK(view().starts == 2);
    }
    SECTION("not stopped") {
        advance(1s);
        CHECK(view().starts == 3);
    }
}

TEST_CASE_METHOD(server_fixture, "a refresh that waits is answered when its server is stopped",
                 "[actors][server][stop]") {
    serve("mute");
    ask(caller, server, actors::refresh_status{});
    settle();
    REQUIRE(client.of<actors::status_report>().empty());
    ask(caller, server, actors::stop_server{});
    settle();
    CHECK(client.of<actors::status_report>().size() == 1);
}
