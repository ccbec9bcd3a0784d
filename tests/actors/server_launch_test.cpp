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

struct launched {
    result<actors::server_launch> operator()(const model::server_definition& of) {
        const actors::server_services services{board,
                                               sessions,
                                               sequence,
                                               {},
                                               {.server_stop_grace = std::chrono::seconds(7)},
                                               {},
                                               "/launcher",
                                               {{"PATH", "/usr/bin"}, {"HOME", "/home"}},
                                               "1.2"};
        return actors::launch_of(of, services);
    }

    actors::server_board board;
    actors::session_registry sessions{1};
    uuid_sequence sequence;
};

} // namespace

TEST_CASE("a server's own variables stand over those that all servers see", "[actors][launch]") {
    launched launch;
    const auto spec = std::get<net::launch_spec>(launch(definition()).value());
    CHECK(spec.program == "npx");
    CHECK(spec.arguments == std::vector<std::string>{"-y", "some-server"});
    CHECK(spec.environment ==
          model::name_value_list{{"HOME", "/home"}, {"TOKEN", "mine"}, {"PATH", "/own/bin"}});
    CHECK(spec.directory == "/srv");
    CHECK(spec.launcher == "/launcher");
    CHECK(spec.grace == std::chrono::seconds(7));
}

TEST_CASE("a remote server gets its own headers, but for those of the transport",
          "[actors][launch]") {
    launched launch;
    auto remote = definition();
    remote.kind = model::transport::streamable_http;
    remote.url = "https://mcp.example/a?b=c";
    remote.headers = {{"Authorization", "Bearer x"}, {"ACCEPT", "text/html"}, {"Host", "else"}};
    auto spec = std::get<actors::remote_spec>(launch(remote).value());
    CHECK(spec.url.origin() == "https://mcp.example");
    CHECK(spec.url.target == "/a?b=c");
    CHECK(spec.headers == net::header_list{{"Authorization", "Bearer x"}});
    CHECK(spec.user_agent == "mcp-orch/1.2");
    CHECK(spec.speaks == actors::remote_spec::dialect::streamable);

    remote.kind = model::transport::sse;
    remote.headers = {{"User-Agent", "mine"}};
    spec = std::get<actors::remote_spec>(launch(remote).value());
    CHECK(spec.speaks == actors::remote_spec::dialect::events);
    CHECK(spec.user_agent == "mine");
}

TEST_CASE("a URL or header that cannot be used is named, its value is not", "[actors][launch]") {
    launched launch;
    auto remote = definition();
    remote.kind = model::transport::streamable_http;
    remote.url = "mcp.example";
    CHECK_THAT(launch(remote).error().detail, Contains("url: "));
    remote.url = "https://mcp.example/";
    for (const auto& [name, value] :
         model::name_value_list{{"X-A", "secret\r\nHost: b"}, {"X B", "secret"}, {"", "secret"}}) {
        remote.headers = {{name, value}};
        const auto refused = launch(remote);
        REQUIRE(refused.has_error());
        CHECK_THAT(refused.error().detail, Contains("headers." + name) && !Contains("secret"));
    }
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

TEST_CASE("the digest of a launch tells launches apart, and nothing of secrets",
          "[actors][launch]") {
    const auto digest = actors::launch_digest(definition());
    CHECK(digest.size() == 64);
    auto same = definition();
    same.name = "other";
    same.env[0].second = "another secret";
    CHECK(actors::launch_digest(same) == digest);
    const auto differs = [&](auto change) {
        auto other = definition();
        change(other);
        return actors::launch_digest(other) != digest;
    };
    CHECK(differs([](auto& made) { made.command = "uvx"; }));
    CHECK(differs([](auto& made) { made.args = {"-y some-server"}; }));
    CHECK(differs([](auto& made) { made.cwd = "/"; }));
    CHECK(differs([](auto& made) { made.env.emplace_back("MORE", ""); }));
}
