#pragma once

#include "net/child_process.hpp"
#include "tests/launcher/processes.hpp"

#include <csignal>
#include <functional>
#include <optional>

namespace orch::test {

/// One child with everything that it said, driven by hand on the test's thread.
struct child_run {
    child_run() {
        std::signal(SIGPIPE, SIG_IGN);
        spec.launcher = ORCH_LAUNCHER;
        spec.environment = {{"PATH", "/usr/local/bin:/usr/bin:/bin"}};
    }

    [[nodiscard]] result<void> try_start(std::string program, std::vector<std::string> arguments) {
        spec.program = std::move(program);
        spec.arguments = std::move(arguments);
        net::child_process::callbacks callbacks;
        callbacks.on_line = [this](std::string&& line) {
            lines.push_back(std::move(line));
            if (on_line) {
                on_line();
            }
        };
        callbacks.on_oversized_line = [this](std::size_t bytes) {
            oversized.push_back(bytes);
        };
        callbacks.on_stderr_line = [this](std::string&& line) {
            errors.push_back(line);
        };
        callbacks.on_pipe_lost = [this](net::child_pipe which) {
            lost.push_back(which);
        };
        callbacks.on_exit = [this](net::exit_status status) {
            exits.push_back(status);
            if (on_exit) {
                on_exit();
            }
        };
        auto spawned = net::child_process::spawn(context, spec, options, std::move(callbacks));
        if (!spawned) {
            return spawned.error();
        }
        child = std::move(*spawned);
        return {};
    }

    void start(std::string program, std::vector<std::string> arguments) {
        const auto started = try_start(std::move(program), std::move(arguments));
        if (!started) {
            throw std::runtime_error{started.error().detail};
        }
    }

    /// False when `done` does not come true within the guard.
    [[nodiscard]] bool run_until(const std::function<bool()>& done) {
        const auto guard = std::chrono::steady_clock::now() + hang_guard;
        while (!done()) {
            context.restart();
            if (context.run_one_until(guard) == 0 && std::chrono::steady_clock::now() >= guard) {
                return false;
            }
        }
        return true;
    }

    /// How the child ended; code -1 when it did not within the guard.
    [[nodiscard]] net::exit_status run_to_exit() {
        return run_until([this] { return !exits.empty(); }) ? exits.front()
                                                            : net::exit_status{-1, 0};
    }

    /// Runs until nothing is pending, so that also a child without handle is reaped.
    [[nodiscard]] bool run_dry() {
        context.restart();
        context.run_for(hang_guard);
        return context.stopped();
    }

    boost::asio::io_context context{1};
    net::launch_spec spec;
    net::child_options options;
    std::unique_ptr<net::child_process> child;
    std::vector<std::string> lines;
    std::vector<std::string> errors;
    std::vector<std::size_t> oversized;
    std::vector<net::child_pipe> lost;
    std::vector<net::exit_status> exits;
    std::function<void()> on_line;
    std::function<void()> on_exit;
};

/// True when this process has no child, dead or alive.
[[nodiscard]] inline bool has_no_children() {
    siginfo_t info{};
    return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == -1 && errno == ECHILD;
}

} // namespace orch::test
