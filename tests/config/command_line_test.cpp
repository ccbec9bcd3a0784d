#include "app/cli/command_line.hpp"

#include "app/cli/version.hpp"
#include "tests/support/catch.hpp"

#include <vector>

using namespace orch::app::cli;

namespace {

command parsed(std::vector<const char*> words) {
    words.insert(words.begin(), "mcp-orch");
    return parse_command_line(static_cast<int>(words.size()), words.data());
}

template <class Command>
Command verb_of(const std::vector<const char*>& words) {
    const auto got = parsed(words);
    if (const auto* stopped = std::get_if<outcome>(&got)) {
        FAIL(stopped->err);
    }
    return std::get<Command>(std::get<verb>(got));
}

outcome refused(const std::vector<const char*>& words) {
    const auto got = parsed(words);
    REQUIRE(std::holds_alternative<outcome>(got));
    return std::get<outcome>(got);
}

} // namespace

TEST_CASE("serve collects the flags that were given", "[app][command_line]") {
    const auto got = parsed({"serve", "--listen", "[::1]:0", "--data-dir=/srv/orch", "--config",
                             "my.toml", "--database-url", "postgresql://db/orch", "--import",
                             "mcp.json", "--auth", "none", "--io-threads", "2", "--demo-key",
                             "--log-level", "debug", "--log-format", "json"});
    REQUIRE(std::holds_alternative<serve_command>(got));
    const auto& inputs = std::get<serve_command>(got).inputs;
    CHECK(inputs.file == "my.toml");
    CHECK(inputs.flags == orch::config::text_map{{"--listen", "[::1]:0"},
                                                 {"--data-dir", "/srv/orch"},
                                                 {"--database-url", "postgresql://db/orch"},
                                                 {"--import", "mcp.json"},
                                                 {"--auth", "none"},
                                                 {"--io-threads", "2"},
                                                 {"--demo-key", "true"},
                                                 {"--log-level", "debug"},
                                                 {"--log-format", "json"}});
}

TEST_CASE("serve without flags leaves everything to the other sources", "[app][command_line]") {
    const auto got = parsed({"serve"});
    REQUIRE(std::holds_alternative<serve_command>(got));
    CHECK(std::get<serve_command>(got).inputs.flags.empty());
    CHECK_FALSE(std::get<serve_command>(got).inputs.file.has_value());
}

TEST_CASE("import takes a file and a project", "[app][command_line]") {
    const auto got = verb_of<import_command>(
        {"import", "mcp.json", "--project", "home", "--preview", "--data-dir", "/srv"});
    CHECK(got.file == "mcp.json");
    CHECK(got.project == "home");
    CHECK(got.preview);
    CHECK(got.inputs.flags == orch::config::text_map{{"--data-dir", "/srv"}});
    CHECK_FALSE(verb_of<import_command>({"import", "mcp.json", "--project", "home"}).preview);
}

TEST_CASE("key create takes a project and a name", "[app][command_line]") {
    const auto got = verb_of<resource_command>(
        {"key", "create", "--project", "home", "--name", "laptop"});
    CHECK(got.form->shown_once == "api_key");
    CHECK(got.values.at("--project") == std::vector<std::string>{"home"});
    CHECK(got.values.at("--name") == std::vector<std::string>{"laptop"});
}

TEST_CASE("what servers said and who is connected are commands of one word",
          "[app][command_line]") {
    const auto lines = verb_of<resource_command>(
        {"server-logs", "--project", "home", "--level", "error", "warning", "--server", "files"});
    CHECK(lines.form->target == "/api/projects/{project}/server-logs");
    CHECK(lines.values.at("--level") == std::vector<std::string>{"error", "warning"});
    CHECK(lines.values.at("--server") == std::vector<std::string>{"files"});
    const auto sessions = verb_of<resource_command>({"sessions", "--project", "home", "--json"});
    CHECK(sessions.form->target == "/api/projects/{project}/sessions");
    CHECK(sessions.json);
    CHECK_THAT(refused({"sessions"}).err, Catch::Contains("--project is required"));
}

TEST_CASE("usage and storage need no second word", "[app][command_line]") {
    const auto all = verb_of<resource_command>({"usage"});
    CHECK(all.form->target == "/api/admin/usage");
    CHECK(all.values.empty());
    const auto got = verb_of<resource_command>({"usage", "--project", "home", "--by", "key"});
    CHECK(got.values.at("--project") == std::vector<std::string>{"home"});
    CHECK(got.values.at("--by") == std::vector<std::string>{"key"});
    CHECK(verb_of<resource_command>({"storage", "--json"}).json);
}

TEST_CASE("servers lists all projects unless one is named", "[app][command_line]") {
    CHECK(verb_of<servers_command>({"servers"}).project.empty());
    const auto got = verb_of<servers_command>({"servers", "--project", "home", "--json"});
    CHECK(got.project == "home");
    CHECK(got.json);
}

TEST_CASE("call takes arguments as one JSON word", "[app][command_line]") {
    const auto* arguments = GENERATE("{}", R"({"a":[1,2]})", "[1]", "-1", R"({"a":"x y, z"})");
    const auto got = verb_of<call_command>({"call", "time", "now", arguments, "--project", "home"});
    CHECK(got.server == "time");
    CHECK(got.tool == "now");
    CHECK(got.arguments == arguments);
    CHECK(got.project == "home");
    CHECK(verb_of<call_command>({"call", "time", "now"}).arguments == "{}");
}

TEST_CASE("verbs about the machine take the flags of serve", "[app][command_line]") {
    CHECK(verb_of<doctor_command>({"doctor", "--listen", "127.0.0.1:1"}).inputs.flags.size() == 1);
    CHECK(
        verb_of<config_print_command>({"config", "print", "--auth", "none"}).inputs.flags.size() ==
        1);
    verb_of<version_command>({"version"});
}

TEST_CASE("the version is also a flag", "[app][command_line]") {
    const auto got = refused({"--version"});
    CHECK(got.code == exit_code::ok);
    CHECK(got.out == "mcp-orch " + std::string(version()) + "\n");
}

TEST_CASE("wrong usage says what is wrong and where help is", "[app][command_line]") {
    struct wrong_usage {
        std::vector<const char*> words;
        const char* said;
        const char* hint;
    };
    const std::vector<wrong_usage> table{
        {{}, "a command is missing; one of: serve, import", "Try: mcp-orch --help"},
        {{"srve"}, "unknown command \"srve\" (did you mean \"serve\"?)", "Try: mcp-orch --help"},
        {{"--lisen"}, "unknown flag \"--lisen\"", "Try: mcp-orch --help"},
        {{"serve", "--lisen", "x"},
         "unknown flag \"--lisen\" (did you mean \"--listen\"?)",
         "Try: mcp-orch serve --help"},
        {{"serve", "--lisen=x"},
         "unknown flag \"--lisen\" (did you mean \"--listen\"?)",
         "Try: mcp-orch serve --help"},
        {{"serve", "now"}, "unknown argument \"now\"", "Try: mcp-orch serve --help"},
        {{"serve", "--listen"}, "--listen", "Try: mcp-orch serve --help"},
        {{"import", "--project", "home"}, "FILE is required", "Try: mcp-orch import --help"},
        {{"import", "f", "--projet", "home"},
         "unknown flag \"--projet\" (did you mean \"--project\"?)",
         "Try: mcp-orch import --help"},
        {{"import", "f", "--project", ""}, "must not be empty", "Try: mcp-orch import --help"},
        {{"import", "f", "--project", "a", "--listen", "x"},
         "unknown flag \"--listen\"",
         "Try: mcp-orch import --help"},
        {{"key"}, "a command is missing; one of: create", "Try: mcp-orch key --help"},
        {{"key", "make"}, "unknown command \"make\"", "Try: mcp-orch key --help"},
        {{"key", "create", "--project", "a"}, "--name is required", "Try: mcp-orch key create"},
        {{"call", "time"}, "TOOL is required", "Try: mcp-orch call --help"},
        {{"call", "time", "now", "{}", "more"},
         "unknown argument \"more\"",
         "mcp-orch call --help"},
    };
    for (const auto& row : table) {
        CAPTURE(row.words, row.said);
        const auto stopped = refused(row.words);
        CHECK(stopped.code == exit_code::usage);
        CHECK(stopped.out.empty());
        CHECK_THAT(stopped.err, Catch::StartsWith("mcp-orch: ") && Catch::Contains(row.said) &&
                                    Catch::Contains(row.hint));
    }
}

TEST_CASE("help explains exit codes and shows an example of every command", "[app][command_line]") {
    const auto top = refused({"--help"});
    CHECK(top.code == exit_code::ok);
    CHECK(top.err.empty());
    CHECK_THAT(top.out, Catch::Contains("3  mcp-orch is not running") &&
                            Catch::Contains("4  wrong configuration"));
    const std::vector<std::vector<const char*>> commands{
        {"serve"}, {"import"}, {"key", "create"},   {"servers"},
        {"call"},  {"doctor"}, {"config", "print"}, {"version"}};
    for (auto words : commands) {
        CAPTURE(words);
        CHECK_THAT(top.out, Catch::Contains(words.front()));
        words.push_back("--help");
        const auto help = refused(words);
        CHECK(help.code == exit_code::ok);
        CHECK_THAT(help.out, Catch::Contains("Example:\n  mcp-orch " + std::string(words.front())));
    }
}

TEST_CASE("connect takes a project, a server and where the orchestrator is",
          "[app][command_line]") {
    const auto local = verb_of<connect_command>(
        {"connect", "--project", "shop", "--data-dir", "/d"});
    CHECK(local.project == "shop");
    CHECK(local.server.empty());
    CHECK(local.url.empty());
    CHECK(local.inputs.flags == orch::config::text_map{{"--data-dir", "/d"}});
    const auto remote = verb_of<connect_command>(
        {"connect", "--project", "shop", "--server", "m", "--url", "http://h:1", "--key", "k"});
    CHECK(remote.server == "m");
    CHECK(remote.url == "http://h:1");
    CHECK(remote.key == "k");
    CHECK_THAT(refused({"connect"}).err, Catch::Contains("--project"));
    CHECK_THAT(refused({"connect", "--project", "p", "--key", "k"}).err, Catch::Contains("--url"));
}
