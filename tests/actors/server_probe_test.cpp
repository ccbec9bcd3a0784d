#include "actors/server_launch.hpp"
#include "tests/actors/server_fixture.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using model::server_state;

namespace {

class probing_fixture : public server_fixture {
public:
    ~probing_fixture() { end_actors(); }

    /// Runs the server once and lets it fall asleep.
    void serve_until_idle(const std::string& mode) {
        serve(mode);
        REQUIRE(call_works());
        advance(services.options.server_idle_stop);
        REQUIRE(wait_for(server_state::stopped));
    }
    void check() { ask(caller, server, actors::refresh_status{actors::check_kind::routine}); }
    [[nodiscard]] std::size_t logged_times(const std::string& text) {
        const auto& lines = log.of<actors::server_logged>();
        return static_cast<std::size_t>(
            std::count_if(lines.begin(), lines.end(), [&](const actors::server_logged& line) {
                return line.entry.message.find(text) != std::string::npos;
            }));
    }
    [[nodiscard]] std::optional<bool> needs_client() const {
        const auto& status = view().status;
        return status.probed_launch.empty() ? std::nullopt : std::optional(status.needs_client);
    }
};

} // namespace

TEST_CASE_METHOD(probing_fixture, "U2: a routine check of a server that sleeps probes it once",
                 "[actors][server][probe]") {
    serve_until_idle("normal");
    CHECK(needs_client() == std::nullopt);
    check();
    REQUIRE(run_until([&] { return logged_times("tools listed") == 2; }));
    settle();
    auto& reports = client.of<actors::status_report>();
    CHECK(reports.empty());
    advance(1s);
    REQUIRE(run_until([&] { return reports.size() == 1; }));
    CHECK(needs_client() == false);
    CHECK(view().status.state == server_state::stopped);
    CHECK(view().starts == 1);
    CHECK(transcript_count("\"elicitation\":{}") == 1);
    check();
    settle();
    CHECK(reports.size() == 2);
    CHECK(transcript_count("\"initialize\"") == 2);
    // It is stored with the status.
    const auto& stored = log.of<actors::status_changed>().back().status;
    CHECK(stored.probed_launch == actors::launch_digest(entry.definition));
    CHECK_FALSE(stored.needs_client);
}

TEST_CASE_METHOD(probing_fixture, "U2: a probe finds a server that needs its client",
                 "[actors][server][probe]") {
    SECTION("since it asks") {
        serve_until_idle("curious");
        check();
        REQUIRE(run_until([&] { return needs_client().has_value(); }));
        CHECK(logged("asks clients (roots/list): such clients get a process of their own"));
    }
    SECTION("since it lists other tools") {
        serve_until_idle("selective");
        check();
        REQUIRE(run_until([&] { return needs_client().has_value(); }));
        CHECK(logged("lists other tools for clients that can be asked"));
    }
    CHECK(needs_client() == true);
    CHECK(view().lists.tools()->find("for_able_clients") == nullptr);
    CHECK(log.of<actors::items_discovered>().size() == 1);
}

TEST_CASE_METHOD(probing_fixture, "U2: a probe that does not start settles nothing",
                 "[actors][server][probe]") {
    serve_until_idle("shy");
    check();
    auto& reports = client.of<actors::status_report>();
    REQUIRE(run_until([&] { return reports.size() == 1; }));
    CHECK(needs_client() == std::nullopt);
    CHECK(reports[0].status.state == server_state::stopped);
    const auto tried = transcript_count("\"initialize\"");
    check();
    settle();
    CHECK(reports.size() == 2);
    CHECK(transcript_count("\"initialize\"") == tried);
    CHECK(call_works());
}

TEST_CASE_METHOD(probing_fixture, "U2: a call ends the probe and then starts the server",
                 "[actors][server][probe]") {
    serve_until_idle("normal");
    check();
    settle();
    REQUIRE(call_works());
    CHECK(needs_client() == std::nullopt);
    CHECK(view().starts == 2);
    auto& reports = client.of<actors::status_report>();
    CHECK(run_until([&] { return reports.size() == 1; }));
    CHECK(reports[0].status.state == server_state::online);
}

TEST_CASE_METHOD(probing_fixture, "U2: nobody probes where the owner has said what to do",
                 "[actors][server][probe]") {
    entry.definition.policy = {model::process_policy::kind::shared};
    serve_until_idle("curious");
    check();
    settle();
    CHECK(client.of<actors::status_report>().size() == 1);
    CHECK(transcript_count("\"initialize\"") == 1);
}

TEST_CASE_METHOD(probing_fixture, "what was seen of another launch is forgotten",
                 "[actors][server][probe]") {
    serve_until_idle("curious");
    check();
    REQUIRE(run_until([&] { return needs_client().has_value(); }));
    entry.definition.env.emplace_back("MORE", "1");
    tell(server, actors::change_server{entry});
    settle();
    CHECK(needs_client() == std::nullopt);
}
