// Plays a child with one habit: puppet <verb> [argument...].
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <dirent.h>
#include <unistd.h>

namespace {

void print_escaped(std::string_view text) {
    for (const char c : text) {
        c == '\n' ? std::printf("\\n") : std::printf("%c", c);
    }
    std::printf("\n");
}

int print_arguments(int count, char** arguments) {
    for (int at = 0; at < count; ++at) {
        print_escaped(arguments[at]);
    }
    return 0;
}

int print_environment() {
    for (char** entry = environ; *entry != nullptr; ++entry) {
        print_escaped(*entry);
    }
    return 0;
}

int print_descriptors() {
    DIR* const folder = ::opendir("/proc/self/fd");
    while (const dirent* entry = ::readdir(folder)) {
        if (entry->d_name[0] != '.' && std::atoi(entry->d_name) != ::dirfd(folder)) {
            std::printf("%s\n", entry->d_name);
        }
    }
    return 0;
}

/// What signals stood blocked or ignored when the program began.
int print_signals() {
    sigset_t blocked;
    sigprocmask(SIG_SETMASK, nullptr, &blocked);
    for (int signal = 1; signal < 32; ++signal) {
        struct sigaction action {};
        if (::sigaction(signal, nullptr, &action) == 0 &&
            (sigismember(&blocked, signal) != 0 || action.sa_handler != SIG_DFL)) {
            std::printf("%d\n", signal);
        }
    }
    return 0;
}

/// One line of that many bytes, then a short one.
int print_long_line(long bytes) {
    const std::string piece(1 << 16, 'x');
    for (long left = bytes; left > 0; left -= static_cast<long>(piece.size())) {
        std::fwrite(piece.data(), 1, std::min<std::size_t>(piece.size(), left), stdout);
    }
    std::printf("\nafter\n");
    return 0;
}

[[noreturn]] void sleep_deaf() {
    std::signal(SIGTERM, SIG_IGN);
    std::signal(SIGHUP, SIG_IGN);
    std::signal(SIGINT, SIG_IGN);
    while (true) {
        ::pause();
    }
}

int sleep_with_pid() {
    std::signal(SIGTERM, SIG_IGN);
    std::printf("%d\n", ::getpid());
    std::fflush(stdout);
    sleep_deaf();
}

/// Prints the ids of that many descendants, each in a session of its own, every other one
/// orphaned by its parent.
int spawn_swarm(int count) {
    for (int at = 0; at < count; ++at) {
        if (::fork() != 0) {
            continue;
        }
        ::setsid();
        if (at % 2 == 0 || ::fork() == 0) {
            ::setsid();
            const std::string line = std::to_string(::getpid()) + "\n";
            [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, line.data(), line.size());
            sleep_deaf();
        }
        ::_exit(0);
    }
    sleep_deaf();
}

/// Forks without end: every copy makes the next one and goes.
int run_away() {
    std::printf("%d\n", ::getpid());
    std::fflush(stdout);
    while (true) {
        if (::fork() != 0) {
            ::_exit(0);
        }
        ::setsid();
    }
}

/// Waits for a polite signal and writes its number into a file.
int note_signal(const char* path) {
    sigset_t polite;
    sigemptyset(&polite);
    sigaddset(&polite, SIGTERM);
    sigaddset(&polite, SIGINT);
    sigaddset(&polite, SIGQUIT);
    sigprocmask(SIG_BLOCK, &polite, nullptr);
    std::printf("%d\n", ::getpid());
    std::fflush(stdout);
    int signal = 0;
    ::sigwait(&polite, &signal);
    std::FILE* const file = std::fopen(path, "w");
    std::fprintf(file, "%d", signal);
    std::fclose(file);
    return 7;
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view verb = argc > 1 ? argv[1] : "";
    const char* const argument = argc > 2 ? argv[2] : "0";
    if (verb == "arguments") {
        return print_arguments(argc - 2, argv + 2);
    }
    if (verb == "environment") {
        return print_environment();
    }
    if (verb == "descriptors") {
        return print_descriptors();
    }
    if (verb == "signals") {
        return print_signals();
    }
    if (verb == "line") {
        return print_long_line(std::atol(argument));
    }
    if (verb == "deaf") {
        return sleep_with_pid();
    }
    if (verb == "swarm") {
        return spawn_swarm(std::atoi(argument));
    }
    if (verb == "runaway" && ::fork() == 0) {
        return run_away();
    }
    if (verb == "runaway") {
        sleep_deaf();
    }
    return verb == "note-signal" ? note_signal(argument) : 2;
}
