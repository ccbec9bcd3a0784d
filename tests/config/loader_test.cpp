#include "config/loader.hpp"

#include "tests/config/probe.hpp"

using namespace orch::config;
using probe::loaded;
using probe::mentions;
using probe::mistakes_of;
using probe::ordinary_user;
using probe::with_file;

TEST_CASE("the strongest source of a setting wins", "[config][loader]") {
    // Each bit says whether one source names the setting.
    const int given = GENERATE(range(0, 8));
    CAPTURE(given);
    auto from = ordinary_user();
    std::string expected_level = "info";
    std::string expected_origin = "default";
    if ((given & 1) != 0) {
        from.file = config_file{"mcp.toml", "[log]\nlevel = 'debug'\n"};
        expected_level = "debug";
        expected_origin = "mcp.toml:2:1";
    }
    if ((given & 2) != 0) {
        from.environment.emplace("MCP_ORCH_LOG_LEVEL", "warning");
        expected_level = "warning";
        expected_origin = "env MCP_ORCH_LOG_LEVEL";
    }
    if ((given & 4) != 0) {
        from.flags.emplace("--log-level", "error");
        expected_level = "error";
        expected_origin = "flag --log-level";
    }
    const auto got = loaded(from);
    CHECK(find_setting("log.level")->show(got.values) == expected_level);
    CHECK(got.origin_of("log.level") == expected_origin);
    CHECK(got.origin_of("log.format") == "default");
}

TEST_CASE("every mistake of every source is reported at once", "[config][loader]") {
    auto from = with_file(R"([server]
listen = "nowhere"
colour = "red"
[http]
idle_timeout = "soon"
body_bytes_max = "16MB"
)");
    from.environment.emplace("MCP_ORCH_LOG_LEVEL", "loud");
    from.environment.emplace("MCP_ORCH_LOG_LEVLE", "info");
    from.flags.emplace("--io-threads", "0");
    from.mistakes.push_back({"/elsewhere", "cannot be opened"});
    const auto mistakes = mistakes_of(from);
    CAPTURE(probe::all_of(mistakes));
    CHECK(mistakes.size() == 8);
    CHECK(mentions(mistakes, "/elsewhere", "cannot be opened"));
    CHECK(mentions(mistakes, "mcp.toml:2:1", "server.listen: \"nowhere\""));
    CHECK(mentions(mistakes, "mcp.toml:3:1", "unknown key \"server.colour\""));
    CHECK(mentions(mistakes, "mcp.toml:5:1", "http.idle_timeout: \"soon\""));
    CHECK(mentions(mistakes, "mcp.toml:6:1", "http.body_bytes_max: \"16MB\""));
    CHECK(mentions(mistakes, "env MCP_ORCH_LOG_LEVEL", "\"loud\" is not one of debug"));
    CHECK(mentions(mistakes, "env MCP_ORCH_LOG_LEVLE", "did you mean \"MCP_ORCH_LOG_LEVEL\"?"));
    CHECK(mentions(mistakes, "flag --io-threads", "server.io_threads: 0 is out of range"));
}

TEST_CASE("a wrong value that a stronger source replaces is still a mistake", "[config][loader]") {
    auto from = ordinary_user();
    from.environment.emplace("MCP_ORCH_SERVER_LISTEN", "nowhere");
    from.flags.emplace("--listen", "127.0.0.1:0");
    CHECK(mistakes_of(from).size() == 1);
}

TEST_CASE("only variables with our prefix are looked at", "[config][loader]") {
    auto from = ordinary_user();
    from.environment.emplace("MCP_ORCHESTRA", "x");
    from.environment.emplace("PATH", "/bin");
    from.environment.emplace("MCP_ORCH_CONFIG", "/some/file");
    from.environment.emplace("MCP_ORCH_KEY", "k");
    CHECK(mistakes_of(from).empty());
    from.environment.emplace("MCP_ORCH_", "x");
    CHECK(mistakes_of(from).size() == 1);
}

TEST_CASE("lists come from the environment separated by commas", "[config][loader]") {
    auto from = ordinary_user();
    from.environment.emplace("MCP_ORCH_SERVER_ALLOWED_HOSTS", "a.example, B.example:8443");
    CHECK(loaded(from).values.allowed_hosts ==
          std::vector<std::string>{"a.example", "b.example:8443"});
    from.environment["MCP_ORCH_SERVER_ALLOWED_HOSTS"] = "a.example,,b.example";
    CHECK(mistakes_of(from).size() == 1);
}

TEST_CASE("the default data directory depends on the account", "[config][loader]") {
    auto from = ordinary_user();
    CHECK(loaded(from).values.data_dir == "/home/ada/.local/state/mcp-orch/data");
    from.environment["XDG_STATE_HOME"] = "/state";
    CHECK(loaded(from).values.data_dir == "/state/mcp-orch/data");
    from.environment["XDG_STATE_HOME"] = "relative";
    CHECK(loaded(from).values.data_dir == "/home/ada/.local/state/mcp-orch/data");
    from.on.is_root = true;
    CHECK(loaded(from).values.data_dir == "/var/lib/mcp-orch/data");
}

TEST_CASE("an account without a home has to name the data directory", "[config][loader]") {
    auto from = ordinary_user();
    from.environment.clear();
    CHECK(mentions(mistakes_of(from), "default", "--data-dir"));
    from.flags.emplace("--data-dir", "/srv/orch");
    CHECK(loaded(from).values.data_dir == "/srv/orch");
}

TEST_CASE("paths become absolute and follow the data directory", "[config][loader]") {
    auto from = ordinary_user();
    from.flags = {{"--data-dir", "../srv/./orch/"}, {"--import", "mcp.json"}};
    const auto values = loaded(from).values;
    CHECK(values.data_dir == "/srv/orch");
    CHECK(values.http.unix_socket == "/srv/orch/admin.sock");
    CHECK(values.spool.directory == "/srv/orch/spool");
    CHECK(values.import_file == "/work/mcp.json");
}

TEST_CASE("the number of threads follows the processors and stays in its range",
          "[config][loader]") {
    auto from = ordinary_user();
    const auto [processors, threads] = GENERATE(
        table<unsigned, unsigned>({{0, 1}, {1, 1}, {2, 1}, {4, 3}, {500, 64}}));
    from.on.processors = processors;
    CHECK(loaded(from).values.io_threads == threads);
}

TEST_CASE("the data directory is known before a file is read", "[config][loader]") {
    auto from = ordinary_user();
    CHECK(early_data_dir(from) == "/home/ada/.local/state/mcp-orch/data");
    from.environment.emplace("MCP_ORCH_DATA_DIR", "here");
    CHECK(early_data_dir(from) == "/work/here");
    from.flags.emplace("--data-dir", "/there");
    CHECK(early_data_dir(from) == "/there");
}
