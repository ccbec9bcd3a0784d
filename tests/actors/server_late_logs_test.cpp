#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

// To whom a log message goes that belongs to no open call.

using namespace orch;
using namespace orch::test;
using namespace orch::actors;
using namespace std::chrono_literals;

namespace {

client_card_ptr card_of(const std::string& owner) {
    auto card = std::make_shared<client_card>();
    card->session = session_id::random();
    card->principal = owner;
    card->task_owner = owner;
    return card;
}

struct logging_server : server_fixture {
    logging_server() {
        serve("talkative");
        tell(server, want_logs{caller, mcp::log_level::debug, one});
        tell(server, want_logs{other, mcp::log_level::debug, two});
    }

    void call_as(const client_card_ptr& card, const caf::actor& session, const std::string& tool) {
        auto request = make_call(session, tool);
        request.client = card;
        tell(server, std::move(request));
    }
    /// The log of the server has the message, so whoever was to get it has it.
    [[nodiscard]] bool said() {
        return run_until([&] { return logged("of the call"); });
    }

    client_card_ptr one = card_of("key:1");
    client_card_ptr two = card_of("key:2");
    inbox second;
    caf::actor other = probe(second);
};

} // namespace

TEST_CASE_METHOD(logging_server, "S4: a late log message goes to the only one who uses the process",
                 "[actors][server]") {
    call_as(one, caller, "progress");
    REQUIRE(said());
    settle();
    CHECK(client.of<server_notified>().size() == 1);
    CHECK(second.of<server_notified>().empty());
}

TEST_CASE_METHOD(logging_server, "S4: a late log message goes to nobody when several were served",
                 "[actors][server]") {
    call_as(two, other, "echo");
    REQUIRE(run_until([&] { return second.of<request_answered>().size() == 1; }));
    call_as(one, caller, "progress");
    REQUIRE(said());
    settle();
    CHECK(client.of<server_notified>().empty());
    CHECK(second.of<server_notified>().empty());
}

TEST_CASE_METHOD(logging_server, "a process knows nothing of those that an earlier one served",
                 "[actors][server]") {
    call_as(two, other, "leave");
    REQUIRE(run_until([&] { return second.of<request_failed>().size() == 1; }));
    advance(3s);
    call_as(one, caller, "progress");
    REQUIRE(said());
    settle();
    CHECK(client.of<server_notified>().size() == 1);
    CHECK(second.of<server_notified>().empty());
}
