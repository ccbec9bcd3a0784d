#include "actors/server_launch.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using Catch::Matchers::Contains;

namespace {

model::server_definition definition() {
    model::server_definition made;
    made.command = "npx";
    made.args = {"-y", "some-server"};
    made.env = {{"TOKEN", "mine"}, {"PATH", "/own/bin"}};
    made.cwd = "/srv";
    return made;
}

} // namespace

TEST_CASE("a server's own variables stand over those that all servers see", "[actors][launch]") {
    actors::server_board board;
    actors::session_registry sessions{1};
    uuid_sequence sequence;
    const actors::server_services services{board,
                                           sessions,
                                           sequence,
                                           {},
                                           {.server_stop_grace = std::chrono::seconds(7)},
                                           {},
                                           "/launcher",
                                           {{"PATH", "/usr/bin"}, {"HOME", "/home"}},
                                           "1.2"};
    const auto spec = actors::launch_of(definition(), services).value();
    CHECK(spec.program == "npx");
    CHECK(spec.arguments == std::vector<std::string>{"-y", "some-server"});
    CHECK(spec.environment ==
          model::name_value_list{{"HOME", "/home"}, {"TOKEN", "mine"}, {"PATH", "/own/bin"}});
    CHECK(spec.directory == "/srv");
    CHECK(spec.launcher == "/launcher");
    CHECK(spec.grace == std::chrono::seconds(7));

    auto remote = definition();
    remote.kind = model::transport::streamable_http;
    const auto none = actors::launch_of(remote, services);
    REQUIRE(none.has_error());
    CHECK_THAT(none.error().detail, Contains("only stdio"));
}

TEST_CASE("a process fits another definition unless its launch differs", "[actors][launch]") {
    const auto before = definition();
    auto after = before;
    after.description = "other words";
    after.call_timeout = std::chrono::seconds(1);
    after.enabled = false;
    CHECK(actors::same_launch(before, after));
    SECTION("command") { after.command = "uvx"; }
    SECTION("arguments") { after.args.pop_back(); }
    SECTION("environment") { after.env[0].second = "another"; }
    SECTION("directory") { after.cwd = "/"; }
    SECTION("transport") { after.kind = model::transport::sse; }
    SECTION("url") { after.url = "http://127.0.0.1/"; }
    SECTION("headers") { after.headers = {{"x", "y"}}; }
    CHECK_FALSE(actors::same_launch(before, after));
}
