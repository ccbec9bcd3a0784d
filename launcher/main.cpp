#include "launcher/options.hpp"
#include "launcher/start.hpp"
#include "launcher/supervisor.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace launcher = orch::launcher;

namespace {

/// Ends this process as the child ended, so that whoever waits for it sees no difference.
[[noreturn]] void end_like(int status) {
    if (WIFSIGNALED(status)) {
        // A core file of the launcher would help nobody.
        ::prctl(PR_SET_DUMPABLE, 0);
        // Only this one: a stop signal that is still pending must not tell another story.
        sigset_t story;
        sigemptyset(&story);
        sigaddset(&story, WTERMSIG(status));
        sigprocmask(SIG_UNBLOCK, &story, nullptr);
        ::kill(::getpid(), WTERMSIG(status));
        ::_exit(128 + WTERMSIG(status));
    }
    ::_exit(WEXITSTATUS(status));
}

} // namespace

int main(int argc, char** argv) {
    launcher::options options;
    if (const char* complaint = launcher::parse(argc, argv, options)) {
        ::dprintf(STDERR_FILENO, "mcp-orch-launch: %s\n%s", complaint, launcher::usage);
        return launcher::exit_launcher_failed;
    }
    if (!launcher::become_supervisor(options)) {
        return launcher::exit_launcher_failed;
    }
    const pid_t child = launcher::start_child(options);
    if (child < 0) {
        ::dprintf(STDERR_FILENO, "mcp-orch-launch: cannot start '%s': %s\n", options.command[0],
                  ::strerrordesc_np(errno));
        return launcher::exit_launcher_failed;
    }
    launcher::release_inherited();
    end_like(launcher::supervisor{options, child}.run());
}
