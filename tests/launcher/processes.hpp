#pragma once

#include "net/owned_fd.hpp"
#include "net/pidfd.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace orch::test {

inline constexpr std::chrono::seconds hang_guard{15};

/// Processes that a test expects to end; holds on to them, so that a reused id cannot mislead.
class watched_processes {
public:
    void add(pid_t pid) {
        net::owned_fd fd{net::open_pidfd(pid)};
        if (fd.get() >= 0) {
            alive_.push_back(std::move(fd));
        }
    }

    /// Number of them that still run.
    [[nodiscard]] std::size_t count_alive() {
        std::erase_if(alive_, [](const auto& fd) { return has_ended(fd, 0); });
        return alive_.size();
    }

    /// False when one of them outlives the guard.
    [[nodiscard]] bool wait_until_gone() {
        const auto guard = std::chrono::steady_clock::now() + hang_guard;
        for (const auto& fd : alive_) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                guard - std::chrono::steady_clock::now());
            if (left.count() <= 0 || !has_ended(fd, static_cast<int>(left.count()))) {
                return false;
            }
        }
        return true;
    }

private:
    [[nodiscard]] static bool has_ended(const net::owned_fd& fd, int timeout_ms) {
        pollfd entry{fd.get(), POLLIN, 0};
        return ::poll(&entry, 1, timeout_ms) == 1;
    }

    std::vector<net::owned_fd> alive_;
};

/// A program started without anything of ours, with its stdout and stderr.
class plain_process {
public:
    explicit plain_process(std::vector<std::string> command) {
        int out[2];
        int err[2];
        if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0) {
            return;
        }
        out_.reset(out[0]);
        err_.reset(err[0]);
        const net::owned_fd out_write{out[1]};
        const net::owned_fd err_write{err[1]};
        std::vector<char*> arguments;
        for (auto& argument : command) {
            arguments.push_back(argument.data());
        }
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
        ::posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
        ::posix_spawn_file_actions_destroy(&actions);
    }
    plain_process(const plain_process&) = delete;
    plain_process& operator=(const plain_process&) = delete;
    ~plain_process() {
        if (pid_ > 0) {
            // Ends a launcher with its tree, and any other program just so.
            send(SIGUSR1);
            static_cast<void>(wait());
        }
    }

    [[nodiscard]] pid_t pid() const { return pid_; }
    void send(int signal) const { ::kill(pid_, signal); }

    /// Empty at the end of the stream or when the guard runs out.
    [[nodiscard]] std::string read_line() { return read_until(out_, '\n'); }
    [[nodiscard]] std::string read_errors() { return read_until(err_, '\0'); }

    /// The wait status; -1 when the guard runs out, after which the process is killed.
    [[nodiscard]] int wait() {
        watched_processes self;
        self.add(pid_);
        const bool ended = self.wait_until_gone();
        if (!ended) {
            send(SIGKILL);
        }
        int status = 0;
        ::waitpid(std::exchange(pid_, -1), &status, 0);
        return ended ? status : -1;
    }

private:
    [[nodiscard]] static std::string read_until(const net::owned_fd& from, char end) {
        constexpr auto guard_ms = std::chrono::milliseconds{hang_guard}.count();
        std::string text;
        pollfd entry{from.get(), POLLIN, 0};
        char c = 0;
        while (::poll(&entry, 1, static_cast<int>(guard_ms)) == 1 &&
               ::read(from.get(), &c, 1) == 1 && c != end) {
            text.push_back(c);
        }
        return text;
    }

    pid_t pid_ = -1;
    net::owned_fd out_;
    net::owned_fd err_;
};

} // namespace orch::test
