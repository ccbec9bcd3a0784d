#include "launcher/start.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace orch::launcher {
namespace {

void reset_dispositions() {
    for (int signal = 1; signal < NSIG; ++signal) {
        std::signal(signal, SIG_DFL);
    }
    // Only deaths matter here, not that somebody was stopped.
    struct sigaction deaths_only {};
    deaths_only.sa_handler = SIG_DFL;
    deaths_only.sa_flags = SA_NOCLDSTOP;
    ::sigaction(SIGCHLD, &deaths_only, nullptr);
}

void report_exec_failure(const char* program, int number) {
    // A script whose interpreter is missing fails with "No such file", which misleads.
    const bool interpreter_missing = number == ENOENT && ::access(program, F_OK) == 0;
    const char* reason = interpreter_missing ? "its interpreter was not found"
                                             : ::strerrordesc_np(number);
    ::dprintf(STDERR_FILENO, "mcp-orch-launch: cannot run '%s': %s\n", program, reason);
}

[[noreturn]] void run_command(const options& wanted, pid_t launcher) {
    ::setsid();
    if (wanted.on_launcher_death == launcher_death::kills_child) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != launcher) {
            ::_exit(exit_launcher_failed);
        }
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(wanted.command[0], wanted.command, environ);
    report_exec_failure(wanted.command[0], errno);
    ::_exit(exit_cannot_run);
}

} // namespace

bool become_supervisor(const options& wanted) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, nullptr);
    reset_dispositions();
    ::prctl(PR_SET_PDEATHSIG, orphaned_signal);
    if (::getppid() != wanted.parent) {
        return false;
    }
    // Ctrl-C at the orchestrator's terminal is for the orchestrator to pass on.
    ::setsid();
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    const rlimit core{wanted.core_bytes, wanted.core_bytes};
    ::setrlimit(RLIMIT_CORE, &core);
    ::close_range(3, ~0U, 0);
    return true;
}

pid_t start_child(const options& wanted) {
    const pid_t launcher = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
        run_command(wanted, launcher);
    }
    return child;
}

void release_inherited() {
    const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
        if (null < 0 || ::dup2(null, fd) < 0) {
            ::close(fd);
        }
    }
    if (null > STDERR_FILENO) {
        ::close(null);
    }
    // The root directory always exists; staying would pin a directory that others may remove.
    [[maybe_unused]] const int ignored = ::chdir("/");
}

} // namespace orch::launcher
