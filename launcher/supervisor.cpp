#include "launcher/supervisor.hpp"

#include "launcher/process_tree.hpp"
#include "launcher/start.hpp"

#include <cerrno>
#include <ctime>
#include <initializer_list>

#include <sys/wait.h>
#include <unistd.h>

namespace orch::launcher {
namespace {

constexpr timespec to_timespec(long ms) { return {ms / 1'000, (ms % 1'000) * 1'000'000}; }

/// Time that killed processes get to die before the tree is looked at again.
constexpr long kill_round_ms = 5;
/// Rounds in which no process could be signalled (another account, no /proc) before giving up:
/// one second.
constexpr int fruitless_rounds_max = 200;
/// Looks per round at a tree that keeps growing while it is being stopped.
constexpr int stop_passes_max = 64;

long now_ms() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000 + now.tv_nsec / 1'000'000;
}

void stop_process(pid_t pid) { ::kill(pid, SIGSTOP); }

/// Stopped processes cannot fork, so the table is complete when a look finds no more of them.
void stop_all(process_list& found) {
    static const auto list = kernel_lists_children() ? list_by_children : list_by_parent;
    std::size_t before = 0;
    for (int pass = 0; pass < stop_passes_max; ++pass) {
        list(::getpid(), found, stop_process);
        if (found.size == before) {
            return;
        }
        before = found.size;
    }
}

/// Number of processes that accepted the signal.
std::size_t kill_all(const process_list& found) {
    std::size_t accepted = 0;
    for (std::size_t at = 0; at < found.size; ++at) {
        accepted += ::kill(found.pids[at], SIGKILL) == 0 ? 1 : 0;
    }
    return accepted;
}

void wait_for_deaths() {
    sigset_t deaths;
    sigemptyset(&deaths);
    sigaddset(&deaths, SIGCHLD);
    const timespec limit = to_timespec(kill_round_ms);
    ::sigtimedwait(&deaths, nullptr, &limit);
}

} // namespace

int supervisor::run() {
    while (!child_ended_) {
        const int signal = next_signal();
        if (signal > 0) {
            handle(signal);
        } else if (errno == EAGAIN) {
            kill_tree();
        }
        if (reap() == remaining::none) {
            return status_;
        }
    }
    kill_tree();
    return status_;
}

void supervisor::handle(int signal) {
    switch (signal) {
    case SIGTERM: stop_with(options_.stop_signal); break;
    case SIGINT:
    case SIGQUIT:
    case SIGHUP: forward(signal); break;
    case SIGUSR1: kill_tree(); break;
    case orphaned_signal: handle_orphaned(); break;
    default: break;
    }
}

void supervisor::handle_orphaned() {
    // The kernel also tells of the end of the thread that started us, while the process lives on.
    if (::getppid() != options_.parent) {
        stop_with(options_.orphan_signal);
    }
}

void supervisor::stop_with(int signal) {
    if (signal == SIGKILL) {
        kill_tree();
        return;
    }
    forward(signal);
    if (kill_at_ms_ == 0) {
        // The clock is cut to whole milliseconds; the grace must not come out short for that.
        kill_at_ms_ = now_ms() + options_.grace_ms + 1;
    }
}

void supervisor::forward(int signal) const {
    // No group yet: the child was forked, but has not come to its setsid.
    if (::kill(-child_, signal) != 0) {
        ::kill(child_, signal);
    }
}

supervisor::remaining supervisor::reap() {
    while (true) {
        int status = 0;
        const pid_t pid = ::waitpid(-1, &status, WNOHANG | __WALL);
        if (pid == child_) {
            child_ended_ = true;
            status_ = status;
        } else if (pid == 0) {
            return remaining::some;
        } else if (pid < 0 && errno == ECHILD) {
            return remaining::none;
        }
    }
}

void supervisor::kill_tree() {
    static process_list found;
    for (int fruitless = 0; fruitless < fruitless_rounds_max; ++fruitless) {
        stop_all(found);
        if (kill_all(found) > 0) {
            fruitless = 0;
        }
        wait_for_deaths();
        if (reap() == remaining::none) {
            return;
        }
    }
}

int supervisor::next_signal() const {
    sigset_t wanted;
    sigemptyset(&wanted);
    for (const int signal : {SIGCHLD, SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, orphaned_signal}) {
        sigaddset(&wanted, signal);
    }
    if (kill_at_ms_ == 0) {
        return ::sigwaitinfo(&wanted, nullptr);
    }
    const long left = kill_at_ms_ - now_ms();
    const timespec limit = to_timespec(left > 0 ? left : 0);
    return ::sigtimedwait(&wanted, nullptr, &limit);
}

} // namespace orch::launcher
