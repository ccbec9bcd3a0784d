#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <deque>

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using policy = model::process_policy::kind;

namespace {

/// A client with a session of its own.
struct person {
    person(actor_fixture& of, const std::string& principal) : session(of.probe(got)) {
        auto made = std::make_shared<actors::client_card>();
        made->session = session_id::random();
        made->principal = principal;
        card = std::move(made);
    }

    [[nodiscard]] bool answered(std::uint64_t number) {
        const auto& answers = got.of<actors::request_answered>();
        return std::any_of(answers.begin(), answers.end(),
                           [&](const auto& answer) { return answer.number == number; });
    }
    [[nodiscard]] const std::vector<actors::request_failed>& failures() {
        return got.of<actors::request_failed>();
    }

    inbox got;
    caf::actor session;
    actors::client_card_ptr card;
};

class processes_fixture : public server_fixture {
public:
    ~processes_fixture() { end_actors(); }

    void serve_by(policy by, std::size_t processes_max) {
        entry.definition.policy = {by};
        services.options.processes_per_server_max = processes_max;
        serve();
    }
    person& somebody(const std::string& principal) {
        return people_.emplace_back(*this, principal);
    }
    std::uint64_t call_as(person& who, const std::string& tool = "echo") {
        auto call = make_call(who.session, tool);
        call.client = who.card;
        const auto number = call.number;
        tell(server, std::move(call));
        return number;
    }
    [[nodiscard]] bool call_works_as(person& who) {
        const auto number = call_as(who);
        return run_until([&] { return who.answered(number); });
    }
    void leave(person& who) { tell(server, actors::session_left{who.session.address(), who.card}); }
    [[nodiscard]] std::size_t starts() const { return transcript_count("\"initialize\""); }
    [[nodiscard]] bool wait_for_processes(std::size_t count) {
        return run_until([&] { return view().processes == count; });
    }

private:
    std::deque<person> people_;
};

} // namespace

TEST_CASE_METHOD(processes_fixture, "a client beyond the processes that there may be waits for one",
                 "[actors][server][processes]") {
    serve_by(policy::per_session, 2);
    auto& one = somebody("key:1");
    auto& two = somebody("key:2");
    auto& late = somebody("key:3");
    REQUIRE(call_works_as(one));
    REQUIRE(call_works_as(two));
    const auto first = call_as(late);
    const auto second = call_as(late);
    settle();
    CHECK(starts() == 2);
    CHECK(late.failures().empty());
    CHECK(logged("runs as many processes as it may (2)"));
    leave(one);
    REQUIRE(run_until([&] { return late.answered(first) && late.answered(second); }));
    CHECK(starts() == 3);
    CHECK(wait_for_processes(2));
}

TEST_CASE_METHOD(processes_fixture, "a place goes to the client that has fewest processes",
                 "[actors][server][processes]") {
    serve_by(policy::per_session, 2);
    auto& one = somebody("greedy");
    auto& two = somebody("greedy");
    auto& three = somebody("greedy");
    auto& other = somebody("other");
    REQUIRE(call_works_as(one));
    REQUIRE(call_works_as(two));
    const auto of_greedy = call_as(three);
    const auto of_other = call_as(other);
    settle();
    leave(one);
    REQUIRE(run_until([&] { return other.answered(of_other); }));
    CHECK_FALSE(three.answered(of_greedy));
    leave(two);
    REQUIRE(run_until([&] { return three.answered(of_greedy); }));
}

TEST_CASE_METHOD(processes_fixture, "who waits for a process too long is told why",
                 "[actors][server][processes]") {
    services.options.handshake_timeout = 20s;
    serve_by(policy::per_session, 1);
    auto& one = somebody("key:1");
    auto& late = somebody("key:2");
    REQUIRE(call_works_as(one));
    SECTION("as long as a start may take") {
        const auto number = call_as(late);
        settle();
        advance(19'999ms);
        CHECK(late.failures().empty());
        advance(1ms);
        REQUIRE(late.failures().size() == 1);
        CHECK(late.failures()[0].number == number);
        CHECK_THAT(late.failures()[0].reason,
                   Contains("server 'scripted' runs as many processes as it may (1)") &&
                       Contains("none became free within 20000 ms"));
    }
    SECTION("as long as a call may take") {
        entry.definition.call_timeout = 5s;
        tell(server, actors::change_server{entry});
        call_as(late);
        settle();
        advance(5s);
        REQUIRE(late.failures().size() == 1);
        CHECK_THAT(late.failures()[0].reason, Contains("within 5000 ms"));
    }
    SECTION("or at once, when too many wait") {
        // One more than there may be, and the one that came last goes.
        for (std::size_t i = 0; i <= services.options.queued_calls_max; ++i) {
            call_as(late);
        }
        settle();
        REQUIRE(late.failures().size() == 1);
        CHECK_THAT(late.failures()[0].reason, Contains("'scripted'") && Contains("(1)") &&
                                                  Contains("1024 calls wait for one"));
    }
    CHECK(starts() == 1);
}

TEST_CASE_METHOD(processes_fixture, "who withdraws or leaves waits for no process",
                 "[actors][server][processes]") {
    serve_by(policy::per_session, 1);
    auto& one = somebody("key:1");
    auto& cancels = somebody("key:2");
    auto& leaves = somebody("key:3");
    REQUIRE(call_works_as(one));
    tell(server, actors::cancel_request{call_as(cancels), cancels.card});
    call_as(leaves);
    leave(leaves);
    leave(one);
    REQUIRE(wait_for_processes(0));
    settle();
    CHECK(starts() == 1);
    CHECK(cancels.failures().empty());
}

TEST_CASE_METHOD(processes_fixture, "clients that wait are answered when the server goes",
                 "[actors][server][processes]") {
    serve_by(policy::per_session, 1);
    auto& one = somebody("key:1");
    auto& late = somebody("key:2");
    REQUIRE(call_works_as(one));
    const auto number = call_as(late);
    settle();
    SECTION("it is disabled") {
        entry.definition.enabled = false;
        tell(server, actors::change_server{entry});
        settle();
        REQUIRE(late.failures().size() == 1);
        CHECK_THAT(late.failures()[0].reason, Contains("is disabled"));
    }
    SECTION("it is stopped") {
        ask(caller, server, actors::stop_server{});
        settle();
        REQUIRE(late.failures().size() == 1);
        CHECK_THAT(late.failures()[0].reason, Contains("is being stopped"));
    }
    SECTION("its policy shares from now on") {
        entry.definition.policy = {policy::shared};
        tell(server, actors::change_server{entry});
        CHECK(run_until([&] { return late.answered(number); }));
    }
}

TEST_CASE_METHOD(processes_fixture, "a process that sleeps makes room",
                 "[actors][server][processes]") {
    serve_by(policy::per_session, 1);
    auto& one = somebody("key:1");
    auto& other = somebody("key:2");
    REQUIRE(call_works_as(one));
    advance(services.options.server_idle_stop);
    REQUIRE(wait_for_processes(0));
    REQUIRE(call_works_as(other));
    CHECK(starts() == 2);
    // The one whose process it was begins anew.
    advance(services.options.server_idle_stop);
    REQUIRE(wait_for_processes(0));
    CHECK(call_works_as(one));
}

TEST_CASE_METHOD(processes_fixture, "the process of a user outlives its sessions",
                 "[actors][server][processes]") {
    serve_by(policy::per_user, 1);
    auto& one = somebody("key:1");
    auto& again = somebody("key:1");
    auto& other = somebody("key:2");
    REQUIRE(call_works_as(one));
    leave(one);
    settle();
    REQUIRE(call_works_as(again));
    CHECK(starts() == 1);
    SECTION("until somebody else needs its place") {
        leave(again);
        REQUIRE(call_works_as(other));
        CHECK(starts() == 2);
    }
    SECTION("until it is idle") {
        leave(again);
        advance(services.options.server_idle_stop);
        CHECK(wait_for_processes(0));
    }
}

TEST_CASE_METHOD(processes_fixture, "a pool has as many processes as it says",
                 "[actors][server][processes]") {
    entry.definition.policy = {policy::pool, 3};
    serve();
    for (int i = 0; i < 40; ++i) {
        REQUIRE(call_works_as(somebody("key:1")));
    }
    CHECK(starts() == 3);
    CHECK(wait_for_processes(3));
    entry.definition.policy.pool_size = 1;
    tell(server, actors::change_server{entry});
    CHECK(wait_for_processes(1));
    CHECK(call_works_as(somebody("key:1")));
    CHECK(starts() == 3);
}

TEST_CASE_METHOD(processes_fixture, "a pool has no more processes than a server may have",
                 "[actors][server][processes]") {
    services.options.processes_per_server_max = 1;
    entry.definition.policy = {policy::pool, 5};
    serve();
    for (int i = 0; i < 20; ++i) {
        REQUIRE(call_works_as(somebody("key:1")));
    }
    CHECK(starts() == 2);
}

TEST_CASE_METHOD(processes_fixture, "a process of a session hears what log messages it wants",
                 "[actors][server][processes]") {
    serve_by(policy::per_session, 1);
    auto& one = somebody("key:1");
    tell(server, actors::want_logs{one.session, mcp::log_level::warning, one.card});
    settle();
    CHECK(starts() == 0);
    REQUIRE(call_works_as(one));
    CHECK(run_until([&] { return transcript_count("logging/setLevel") == 1; }));
}
