#include "net/child_process.hpp"

#include "net/line_reader.hpp"
#include "tests/net/child_run.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <thread>

using namespace orch;
using Catch::Matchers::Contains;
using test::child_run;
using texts = std::vector<std::string>;

namespace {

/// The processes whose ids the child prints, one per line.
test::watched_processes watch_printed(child_run& run, std::size_t count) {
    test::watched_processes found;
    if (run.run_until([&] { return run.lines.size() >= count; })) {
        for (const auto& line : run.lines) {
            found.add(std::stoi(line));
        }
    }
    return found;
}

} // namespace

TEST_CASE("lines go to the child and come back in order", "[net][child_process]") {
    child_run run;
    run.start("cat", {});
    texts sent;
    for (int at = 0; at < 5'000; ++at) {
        sent.push_back("line " + std::to_string(at));
        REQUIRE(run.child->write_line(sent.back()));
    }
    CHECK(run.child->queued_bytes() > 0);
    run.child->close_stdin();
    CHECK_FALSE(run.child->write_line("late"));
    CHECK(run.run_to_exit().to_string() == "exit code 0");
    CHECK(run.lines == sent);
    CHECK(run.child->queued_bytes() == 0);
}

TEST_CASE("a line of 10 MB makes the round trip", "[net][child_process]") {
    child_run run;
    run.start("cat", {});
    const std::string line(10'000'000, 'x');
    REQUIRE(run.child->write_line(line));
    REQUIRE(run.run_until([&] { return !run.lines.empty(); }));
    CHECK(run.lines.front() == line);
    CHECK(run.lines.front().capacity() >= line.size() + net::line_padding);
}

TEST_CASE("a line beyond the limit is reported and the next one arrives", "[net][child_process]") {
    child_run run;
    run.start(ORCH_PUPPET, {"line", "40000000"});
    CHECK(run.run_to_exit().to_string() == "exit code 0");
    CHECK(run.oversized == std::vector<std::size_t>{40'000'000});
    CHECK(run.lines == texts{"after"});
}

TEST_CASE("carriage returns, split characters and a missing last line feed are handled",
          "[net][child_process]") {
    child_run run;
    // The pause between the halves is the child's: it waits for a line of ours.
    run.start("sh", {"-c", R"(printf 'one\r\n\303'; read go; printf '\244\nend')"});
    REQUIRE(run.run_until([&] { return run.lines.size() == 1; }));
    REQUIRE(run.child->write_line("go"));
    CHECK(run.run_to_exit().code == 0);
    CHECK(run.lines == texts{"one", "\xC3\xA4", "end"});
}

TEST_CASE("a pipe that the living child closes is told of once", "[net][child_process]") {
    child_run run;
    SECTION("stdout") {
        run.start("sh", {"-c", "exec >&-; read end"});
        REQUIRE(run.run_until([&] { return !run.lost.empty(); }));
        CHECK(run.lost == std::vector{net::child_pipe::out});
        CHECK(run.child->write_line("go"));
    }
    SECTION("stdin") {
        run.start("sh", {"-c", "exec <&-; echo closed; exec sleep 1000"});
        REQUIRE(run.run_until([&] { return !run.lines.empty(); }));
        CHECK(run.child->write_line("lost"));
        REQUIRE(run.run_until([&] { return !run.lost.empty(); }));
        CHECK_FALSE(run.child->write_line("late"));
        run.child->kill();
    }
    (void)run.run_to_exit();
    CHECK(run.lost.size() == 1);
}

TEST_CASE("stderr is kept apart and its long lines are cut", "[net][child_process]") {
    child_run run;
    run.options.stderr_line_bytes_max = 5;
    run.start("sh", {"-c", "echo out; echo wrong >&2; echo too long >&2"});
    CHECK(run.run_to_exit().code == 0);
    CHECK(run.lines == texts{"out"});
    CHECK(run.errors == texts{"wrong", "too l"});
    CHECK(run.oversized.empty());
}

TEST_CASE("the exit tells code or signal, once", "[net][child_process]") {
    child_run run;
    SECTION("code") {
        run.start("sh", {"-c", "exit 3"});
        CHECK(run.run_to_exit().to_string() == "exit code 3");
    }
    SECTION("signal") {
        run.start("sh", {"-c", "kill -KILL $$"});
        CHECK(run.run_to_exit().to_string() == "signal SIGKILL (9)");
    }
    CHECK(run.run_dry());
    CHECK(run.exits.size() == 1);
    CHECK_FALSE(run.child->write_line("late"));
}

TEST_CASE("a child that cannot be started is an error that names what is wrong",
          "[net][child_process]") {
    child_run run;
    const auto fails_with = [&](const std::string& program, const texts& arguments,
                                const std::string& part) {
        const auto started = run.try_start(program, arguments);
        REQUIRE_FALSE(started.has_value());
        CHECK_THAT(started.error().detail, Contains(part));
    };
    SECTION("missing program") {
        fails_with("no-such-tool", {}, "'no-such-tool' was not found in PATH");
        fails_with("/no/such/tool", {}, "'/no/such/tool'");
    }
    SECTION("directory") {
        run.spec.directory = "/no/such/folder";
        fails_with("cat", {}, "'/no/such/folder' of 'cat'");
        run.spec.directory = "/etc/passwd";
        fails_with("cat", {}, "not a directory");
    }
    SECTION("launcher") {
        run.spec.launcher = "/no/such/launcher";
        fails_with("cat", {}, "launcher: program '/no/such/launcher'");
    }
    SECTION("strings that C cannot carry") {
        fails_with("cat", {"fine", std::string{"a\0b", 3}}, "argument 2 of 'cat'");
        run.spec.environment.emplace_back("A=B", "c");
        fails_with("cat", {}, "environment variable 'A=B'");
    }
    SECTION("too many arguments") {
        fails_with("cat", texts(40, std::string(100'000, 'x')), "'cat' cannot be started");
    }
    CHECK(run.run_dry());
    CHECK(test::has_no_children());
}

TEST_CASE("the child gets exactly the arguments, without a shell", "[net][child_process]") {
    child_run run;
    run.start(ORCH_PUPPET,
              {"arguments", "", " two  blanks ", "\"'`", "$(id) $HOME *", "a\nb", "--", "\xFF"});
    CHECK(run.run_to_exit().code == 0);
    CHECK(run.lines == texts{"", " two  blanks ", "\"'`", "$(id) $HOME *", "a\\nb", "--", "\xFF"});
}

TEST_CASE("the child inherits nothing but what it was given", "[net][child_process]") {
    child_run run;
    SECTION("environment") {
        run.spec.environment = {{"ONE", "1"}, {"EMPTY", ""}, {"WITH", "a=b c"}};
        run.start(ORCH_PUPPET, {"environment"});
        CHECK(run.run_to_exit().code == 0);
        CHECK(run.lines == texts{"ONE=1", "EMPTY=", "WITH=a=b c"});
    }
    SECTION("descriptors") {
        // Without close-on-exec, as sockets of libraries are.
        const net::owned_fd leaky{::open("/dev/null", O_RDONLY)};
        run.start(ORCH_PUPPET, {"descriptors"});
        CHECK(run.run_to_exit().code == 0);
        std::sort(run.lines.begin(), run.lines.end());
        CHECK(run.lines == texts{"0", "1", "2"});
    }
    SECTION("signals") {
        // SIGPIPE is ignored here.
        run.start(ORCH_PUPPET, {"signals"});
        CHECK(run.run_to_exit().code == 0);
        CHECK(run.lines.empty());
    }
    SECTION("directory") {
        run.start("pwd", {});
        CHECK(run.run_to_exit().code == 0);
        CHECK(run.lines == texts{"/"});
    }
}

TEST_CASE("the child begins in its directory and relative programs start there",
          "[net][child_process]") {
    child_run run;
    run.spec.directory = "/usr/bin";
    run.start("./env", {"pwd"});
    CHECK(run.run_to_exit().code == 0);
    CHECK(run.lines == texts{"/usr/bin"});
}

TEST_CASE("a child that never reads fills the queue, which then refuses", "[net][child_process]") {
    child_run run;
    run.options.stdin_queue_bytes_max = 1'000'000;
    run.start(ORCH_PUPPET, {"deaf"});
    REQUIRE(run.run_until([&] { return !run.lines.empty(); }));
    const std::string line(99'999, 'x');
    int accepted = 0;
    while (run.child->write_line(line)) {
        ++accepted;
    }
    CHECK(accepted == 10);
    CHECK(run.child->queued_bytes() == 1'000'000);
    // A pipe takes some, no more.
    REQUIRE(run.run_until([&] { return run.child->queued_bytes() < 1'000'000; }));
    CHECK(run.child->queued_bytes() >= 900'000);
    run.child->kill();
    CHECK(run.run_to_exit().signal == SIGKILL);
    CHECK(run.child->queued_bytes() == 0);
}

TEST_CASE("writing to a child that closed its stdin closes ours", "[net][child_process]") {
    child_run run;
    run.start("sh", {"-c", "exec <&-; echo closed; kill -STOP $$"});
    REQUIRE(run.run_until([&] { return !run.lines.empty(); }));
    REQUIRE(run.child->write_line("lost"));
    REQUIRE(run.run_until([&] { return run.child->queued_bytes() == 0; }));
    CHECK_FALSE(run.child->write_line("refused"));
}

TEST_CASE("terminate ends a child that ignores SIGTERM after the grace time",
          "[net][child_process]") {
    child_run run;
    run.spec.grace = std::chrono::milliseconds{100};
    run.start(ORCH_PUPPET, {"deaf"});
    auto deaf = watch_printed(run, 1);
    run.child->terminate();
    CHECK(run.run_to_exit().signal == SIGKILL);
    CHECK(deaf.count_alive() == 0);
}

TEST_CASE("terminate lets a child end by itself", "[net][child_process]") {
    child_run run;
    run.spec.grace = std::chrono::minutes{10};
    run.start("sh", {"-c", "trap 'echo bye; exit 5' TERM; echo ready; while :; do read x; done"});
    REQUIRE(run.run_until([&] { return !run.lines.empty(); }));
    run.child->terminate();
    CHECK(run.run_to_exit().code == 5);
    CHECK(run.lines.back() == "bye");
}

TEST_CASE("kill ends 64 descendants in sessions of their own before the exit is told",
          "[net][child_process]") {
    child_run run;
    run.start(ORCH_PUPPET, {"swarm", "64"});
    auto swarm = watch_printed(run, 64);
    REQUIRE(swarm.count_alive() == 64);
    run.child->kill();
    CHECK(run.run_to_exit().signal == SIGKILL);
    CHECK(swarm.count_alive() == 0);
}

TEST_CASE("a grandchild that holds the pipes neither survives nor delays the exit",
          "[net][child_process]") {
    child_run run;
    run.start("sh", {"-c", "setsid sleep 1000 & echo $!; exec cat"});
    auto sleeper = watch_printed(run, 1);
    REQUIRE(sleeper.count_alive() == 1);
    run.child->close_stdin();
    CHECK(run.run_to_exit().to_string() == "exit code 0");
    CHECK(sleeper.count_alive() == 0);
}

TEST_CASE("output written before the exit arrives before it is told", "[net][child_process]") {
    child_run run;
    std::size_t lines_at_exit = 0;
    run.on_exit = [&] {
        lines_at_exit = run.lines.size();
    };
    run.start("sh", {"-c", "seq 1 200000; kill -KILL $$"});
    CHECK(run.run_to_exit().signal == SIGKILL);
    CHECK(lines_at_exit == 200'000);
}

TEST_CASE("destroying the handle kills the tree and leaves no zombie", "[net][child_process]") {
    child_run run;
    run.start(ORCH_PUPPET, {"swarm", "8"});
    auto swarm = watch_printed(run, 8);
    REQUIRE(swarm.count_alive() == 8);
    SECTION("and the io context goes on") {
        run.child.reset();
        CHECK(run.run_dry());
        CHECK(run.exits.empty());
    }
    SECTION("and the io context ends with it") {
        auto context_owner = std::make_unique<child_run>();
        context_owner->start(ORCH_PUPPET, {"deaf"});
        auto deaf = watch_printed(*context_owner, 1);
        context_owner->child.reset();
        context_owner.reset();
        CHECK(deaf.count_alive() == 0);
        run.child.reset();
        CHECK(run.run_dry());
    }
    CHECK(swarm.count_alive() == 0);
    CHECK(test::has_no_children());
}

TEST_CASE("a callback may destroy the handle, and none follows", "[net][child_process]") {
    child_run run;
    SECTION("in the middle of lines") {
        run.on_line = [&] {
            run.child.reset();
        };
        run.start("seq", {"1", "100000"});
        CHECK(run.run_dry());
        CHECK(run.lines == texts{"1"});
        CHECK(run.exits.empty());
    }
    SECTION("at the exit") {
        run.on_exit = [&] {
            run.child.reset();
        };
        run.start("true", {});
        CHECK(run.run_dry());
        CHECK(run.exits.size() == 1);
    }
    CHECK(test::has_no_children());
}

TEST_CASE("a child outlives the thread that started it", "[net][child_process]") {
    child_run run;
    std::thread{[&] {
        run.start("cat", {});
    }}.join();
    REQUIRE(run.child->write_line("still here"));
    CHECK(run.run_until([&] { return !run.lines.empty(); }));
    CHECK(run.exits.empty());
}

TEST_CASE("a child that floods leaves others their turn", "[net][child_process]") {
    child_run run;
    net::child_process::callbacks callbacks;
    std::size_t flooded = 0;
    callbacks.on_line = [&](std::string&&) {
        ++flooded;
    };
    run.start("cat", {});
    net::launch_spec spec = run.spec;
    spec.program = "yes";
    spec.arguments = {};
    const auto flood = net::child_process::spawn(run.context, spec, {}, std::move(callbacks));
    REQUIRE(flood.has_value());
    REQUIRE(run.run_until([&] { return flooded > 100'000; }));
    for (std::size_t turn = 1; turn <= 20; ++turn) {
        REQUIRE(run.child->write_line("ping"));
        REQUIRE(run.run_until([&] { return run.lines.size() == turn; }));
    }
}

TEST_CASE("200 children leave neither zombies nor descriptors", "[net][child_process]") {
    const auto count_descriptors = [] {
        const std::filesystem::directory_iterator entries{"/proc/self/fd"};
        return std::distance(begin(entries), end(entries));
    };
    child_run run;
    run.start("true", {});
    REQUIRE(run.run_to_exit().code == 0);
    const auto before = count_descriptors();
    for (int at = 0; at < 200; ++at) {
        run.exits.clear();
        run.start("true", {});
        if (at % 2 == 0) {
            REQUIRE(run.run_to_exit().code == 0);
        }
    }
    run.child.reset();
    CHECK(run.run_dry());
    CHECK(count_descriptors() == before);
    CHECK(test::has_no_children());
}

TEST_CASE("time to start and end a child", "[.][bench][net][child_process]") {
    std::vector<double> ms;
    for (int at = 0; at < 500; ++at) {
        child_run run;
        const auto begin = std::chrono::steady_clock::now();
        run.start("/bin/true", {});
        REQUIRE(run.run_to_exit().code == 0);
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() -
                                                                begin;
        ms.push_back(taken.count());
    }
    std::sort(ms.begin(), ms.end());
    WARN("p50 " << ms[ms.size() / 2] << " ms, p99 " << ms[ms.size() * 99 / 100] << " ms");
}
