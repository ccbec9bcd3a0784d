#include "tests/launcher/processes.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <fstream>

using namespace orch;
using Catch::Matchers::Contains;

namespace {

test::plain_process launch(std::vector<std::string> options, std::vector<std::string> program) {
    std::vector<std::string> command{ORCH_LAUNCHER, "--parent", std::to_string(::getpid())};
    command.insert(command.end(), options.begin(), options.end());
    command.emplace_back("--");
    command.insert(command.end(), program.begin(), program.end());
    return test::plain_process{std::move(command)};
}

/// The processes whose ids come as lines.
test::watched_processes watch_lines(test::plain_process& from, int count) {
    test::watched_processes found;
    for (int at = 0; at < count; ++at) {
        found.add(std::stoi(from.read_line()));
    }
    return found;
}

std::string note_path() {
    const auto folder = std::filesystem::temp_directory_path();
    return (folder / ("orch-launcher-test-" + std::to_string(::getpid()))).string();
}

/// The signal that the puppet noted in the file, which is removed.
int noted_signal(const std::string& path) {
    int signal = 0;
    std::ifstream{path} >> signal;
    std::filesystem::remove(path);
    return signal;
}

} // namespace

TEST_CASE("the launcher ends as its child ended", "[launcher]") {
    SECTION("exit code") {
        CHECK(WEXITSTATUS(launch({}, {"/bin/sh", "-c", "exit 41"}).wait()) == 41);
    }
    SECTION("signal") {
        const int status = launch({}, {"/bin/sh", "-c", "kill -SEGV $$"}).wait();
        REQUIRE(WIFSIGNALED(status));
        CHECK(WTERMSIG(status) == SIGSEGV);
        CHECK_FALSE(WCOREDUMP(status));
    }
}

TEST_CASE("a program that cannot be run is named with the reason", "[launcher]") {
    SECTION("missing") {
        auto launched = launch({}, {"/no/such/program"});
        CHECK_THAT(launched.read_errors(),
                   Contains("'/no/such/program'") && Contains("No such file"));
        CHECK(WEXITSTATUS(launched.wait()) == 127);
    }
    SECTION("a directory") {
        auto launched = launch({}, {"/usr"});
        CHECK_THAT(launched.read_errors(), Contains("'/usr'") && Contains("Permission denied"));
        CHECK(WEXITSTATUS(launched.wait()) == 127);
    }
}

TEST_CASE("a wrong command line is refused with a reason", "[launcher]") {
    const auto [arguments, complaint] = GENERATE(
        table<std::vector<std::string>, std::string>({{{"--", "/bin/true"}, "--parent is missing"},
                                                      {{"--parent", "x", "--"}, "process id"},
                                                      {{"--parent", "1"}, "no program"},
                                                      {{"--parent", "1", "--"}, "no program"},
                                                      {{"--parent", "1", "--", "true"}, "absolute"},
                                                      {{"--grace-ms", "-1", "--"}, "milliseconds"},
                                                      {{"--on-orphan", "hug", "--"}, "interrupt"},
                                                      {{"--colour", "red", "--"}, "unknown"},
                                                      {{"--parent"}, "without its value"}}));
    std::vector<std::string> command{ORCH_LAUNCHER};
    command.insert(command.end(), arguments.begin(), arguments.end());
    test::plain_process launched{std::move(command)};
    CHECK_THAT(launched.read_errors(), Contains(complaint));
    CHECK(WEXITSTATUS(launched.wait()) == 125);
}

TEST_CASE("nothing is started for somebody who is not the parent", "[launcher]") {
    test::plain_process launched{{ORCH_LAUNCHER, "--parent", "1", "--", "/bin/echo", "started"}};
    CHECK(launched.read_line().empty());
    CHECK(WEXITSTATUS(launched.wait()) == 125);
}

TEST_CASE("signals reach the child as they are or as the stop signal", "[launcher]") {
    const auto [stop_with, sent, expected] = GENERATE(
        table<std::string, int, int>({{"terminate", SIGTERM, SIGTERM},
                                      {"interrupt", SIGTERM, SIGINT},
                                      {"terminate", SIGINT, SIGINT},
                                      {"terminate", SIGQUIT, SIGQUIT}}));
    CAPTURE(stop_with, sent);
    const auto path = note_path();
    auto launched = launch({"--stop-with", stop_with}, {ORCH_PUPPET, "note-signal", path});
    REQUIRE_FALSE(launched.read_line().empty());
    launched.send(sent);
    CHECK(WEXITSTATUS(launched.wait()) == 7);
    CHECK(noted_signal(path) == expected);
}

TEST_CASE("a child that ignores SIGTERM is killed after the grace time", "[launcher]") {
    auto launched = launch({"--grace-ms", "150"}, {ORCH_PUPPET, "deaf"});
    auto deaf = watch_lines(launched, 1);
    const auto begin = std::chrono::steady_clock::now();
    launched.send(SIGTERM);
    CHECK(WTERMSIG(launched.wait()) == SIGKILL);
    CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds{150});
    CHECK(deaf.wait_until_gone());
}

TEST_CASE("SIGUSR1 kills descendants in sessions of their own", "[launcher]") {
    auto launched = launch({}, {ORCH_PUPPET, "swarm", "64"});
    auto swarm = watch_lines(launched, 64);
    REQUIRE(swarm.count_alive() == 64);
    launched.send(SIGUSR1);
    CHECK(WTERMSIG(launched.wait()) == SIGKILL);
    CHECK(swarm.count_alive() == 0);
}

TEST_CASE("a process that keeps forking away from its parent cannot outrun SIGUSR1", "[launcher]") {
    auto launched = launch({}, {ORCH_PUPPET, "runaway"});
    REQUIRE_FALSE(launched.read_line().empty());
    launched.send(SIGUSR1);
    // The launcher waits for every descendant, so its end is theirs.
    CHECK(WTERMSIG(launched.wait()) == SIGKILL);
}

TEST_CASE("nobody survives an orchestrator that was killed", "[launcher]") {
    test::plain_process owner{{ORCH_TREE_OWNER, ORCH_LAUNCHER, "kill", ORCH_PUPPET, "swarm", "32"}};
    auto swarm = watch_lines(owner, 32);
    REQUIRE(swarm.count_alive() == 32);
    owner.send(SIGKILL);
    CHECK(WTERMSIG(owner.wait()) == SIGKILL);
    CHECK(swarm.wait_until_gone());
}

TEST_CASE("a child that asked for it is ended gently when the orchestrator was killed",
          "[launcher]") {
    const auto path = note_path();
    test::plain_process owner{
        {ORCH_TREE_OWNER, ORCH_LAUNCHER, "interrupt", ORCH_PUPPET, "note-signal", path}};
    auto child = watch_lines(owner, 1);
    owner.send(SIGKILL);
    CHECK(WTERMSIG(owner.wait()) == SIGKILL);
    CHECK(child.wait_until_gone());
    CHECK(noted_signal(path) == SIGINT);
}

TEST_CASE("only the direct child follows a launcher that was killed, unless it is spared",
          "[launcher]") {
    SECTION("follows") {
        auto launched = launch({}, {ORCH_PUPPET, "deaf"});
        auto child = watch_lines(launched, 1);
        launched.send(SIGKILL);
        CHECK(child.wait_until_gone());
    }
    SECTION("spared") {
        auto launched = launch({"--no-child-pdeathsig"}, {ORCH_PUPPET, "deaf"});
        const pid_t pid = std::stoi(launched.read_line());
        test::watched_processes child;
        child.add(pid);
        launched.send(SIGKILL);
        CHECK(WTERMSIG(launched.wait()) == SIGKILL);
        CHECK(child.count_alive() == 1);
        ::kill(pid, SIGKILL);
        CHECK(child.wait_until_gone());
    }
}
