#include "config/file_reader.hpp"

#include "tests/config/probe.hpp"

using namespace orch::config;
using probe::mentions;

TEST_CASE("a file may use sections, dotted keys and every type", "[config][file_reader]") {
    const auto good = read_file({"mcp.toml", R"(data_dir = '/srv/orch'
http.connections_max = 100
[server]
listen = "127.0.0.1:9000"
allowed_hosts = ["a.example", "b.example"]
[security]
allow_public = true
)"});
    CHECK(probe::all_of(good.mistakes).empty());
    REQUIRE(good.entries.size() == 5);
    const auto listen = std::find_if(
        good.entries.begin(), good.entries.end(),
        [](const auto& each) { return each.row->key == "server.listen"; });
    REQUIRE(listen != good.entries.end());
    CHECK(listen->value == "127.0.0.1:9000");
    CHECK(listen->where == "mcp.toml:4:1");
    const auto hosts = std::find_if(good.entries.begin(), good.entries.end(), [](const auto& each) {
        return each.row->key == "server.allowed_hosts";
    });
    REQUIRE(hosts != good.entries.end());
    CHECK(hosts->value == "a.example,b.example");
    CHECK(good.entries.front().row->key == "data_dir");
}

TEST_CASE("unknown keys and sections are named with place and suggestion",
          "[config][file_reader]") {
    const auto mistakes = read_file({"mcp.toml", R"([server]
lisen = "127.0.0.1:9000"
[sever]
listen = "127.0.0.1:9000"
[server.tls]
key = "x"
[log]
colour = true
)"})
                              .mistakes;
    CAPTURE(probe::all_of(mistakes));
    CHECK(mistakes.size() == 4);
    CHECK(mentions(mistakes, "mcp.toml:2:1",
                   "unknown key \"server.lisen\" (did you mean \"server.listen\"?)"));
    CHECK(
        mentions(mistakes, "mcp.toml:3:2", "unknown section \"sever\" (did you mean \"server\"?)"));
    CHECK(mentions(mistakes, "mcp.toml:5:9", "unknown section \"server.tls\""));
    CHECK(mentions(mistakes, "mcp.toml:8:1", "unknown key \"log.colour\""));
}

TEST_CASE("values of a wrong type are refused with what is accepted", "[config][file_reader]") {
    const auto mistakes = read_file({"mcp.toml", R"(data_dir = ["/a"]
server = 5
[http]
idle_timeout = 1.5
[log]
level = 2026-01-01
[security]
auth = { mode = "keys" }
)"})
                              .mistakes;
    CAPTURE(probe::all_of(mistakes));
    CHECK(mistakes.size() == 5);
    CHECK(mentions(mistakes, "mcp.toml:1:1", "data_dir must be path"));
    CHECK(mentions(mistakes, "mcp.toml:2:1", "unknown key \"server\""));
    CHECK(mentions(mistakes, "mcp.toml:4:1", "http.idle_timeout must be duration"));
    CHECK(mentions(mistakes, "mcp.toml:6:1", "log.level must be one of debug"));
    CHECK(mentions(mistakes, "mcp.toml:8:1", "security.auth must be one of keys"));
}

TEST_CASE("broken TOML is one mistake with line and column", "[config][file_reader]") {
    const auto mistakes = read_file({"mcp.toml", "[server]\nlisten = \n"}).mistakes;
    REQUIRE(mistakes.size() == 1);
    CHECK(mistakes.front().where.starts_with("mcp.toml:2:"));
    CHECK_FALSE(mistakes.front().what.empty());
    CHECK(read_file({"mcp.toml", "a = \"\xff\""}).mistakes.size() == 1);
    CHECK(read_file({"mcp.toml", "a = " + std::string(10'000, '[')}).mistakes.size() == 1);
    CHECK(read_file({"mcp.toml", ""}).mistakes.empty());
}
