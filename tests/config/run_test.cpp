#include "app/cli/run.hpp"

#include "app/cli/version.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

#include <fstream>

using namespace orch::app::cli;

namespace {

config_inputs in_directory(const std::string& path) {
    // An empty file keeps the configuration of the machine out.
    return {.flags = {{"--data-dir", path}}, .file = "/dev/null"};
}

} // namespace

TEST_CASE("a verb without orchestrator says where it looked and how to start one", "[app][run]") {
    const orch::test::temporary_directory directory;
    const auto file = directory.file("empty.toml");
    std::ofstream(file) << "";
    const config_inputs inputs{.flags = {{"--data-dir", "/nowhere/orch"}}, .file = file};
    const auto done = run(servers_command{.inputs = inputs, .project = "", .json = false});
    CHECK(done.code == exit_code::not_running);
    CHECK(done.out.empty());
    CHECK_THAT(done.err, Catch::Contains("/nowhere/orch/admin.sock") &&
                             Catch::Contains("mcp-orch serve --data-dir /nowhere/orch"));
}

TEST_CASE("a wrong configuration ends a verb before it asks", "[app][run]") {
    const auto done = run(servers_command{in_directory("/nowhere"), "", false});
    CHECK(done.code == exit_code::configuration);
    CHECK_THAT(done.err, Catch::Contains("/dev/null: is not a file"));
}

TEST_CASE("an import file that is not there fails before anything is asked", "[app][run]") {
    const auto done = run(import_command{in_directory("/nowhere"), "/nowhere.json", "home", false});
    CHECK(done.code == exit_code::failed);
    CHECK_THAT(done.err, Catch::Contains("/nowhere.json"));
}

TEST_CASE("the version is printed", "[app][run]") {
    CHECK(run(version_command{}).out == "mcp-orch " + std::string(version()) + "\n");
    CHECK_FALSE(version().empty());
}
