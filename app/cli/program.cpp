#include "app/cli/program.hpp"

#include "core/byte_sizes.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace orch::app::cli {

namespace {

// Enough for one line of any program that knows its version.
constexpr std::size_t output_bytes_max = 4 * kib;

/// Starts `program --version` in a group of its own with stdout in `write_end`.
pid_t spawn_version(const std::string& program, int write_end) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, write_end, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    std::string path = program;
    std::string argument = "--version";
    const std::array<char*, 3> words{path.data(), argument.data(), nullptr};
    pid_t child = 0;
    const int failed = posix_spawn(&child, path.c_str(), &actions, &attributes, words.data(),
                                   environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0 ? child : -1;
}

enum class ending { closed, out_of_time };

ending read_until_closed(int read_end, std::chrono::milliseconds timeout, std::string& text) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    std::array<char, 512> buffer{};
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        pollfd waiting{read_end, POLLIN, 0};
        const int ready = ::poll(&waiting, 1,
                                 static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (ready == 0) {
            return ending::out_of_time;
        }
        const auto count = ready < 0 ? -1 : ::read(read_end, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return ending::closed;
        }
        const auto room = output_bytes_max - text.size();
        text.append(buffer.data(), std::min(static_cast<std::size_t>(count), room));
    }
}

} // namespace

std::optional<std::string> program_version(const std::string& program,
                                           std::chrono::milliseconds timeout) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return std::nullopt;
    }
    const auto child = spawn_version(program, ends[1]);
    ::close(ends[1]);
    std::string text;
    const auto how = child < 0 ? ending::closed : read_until_closed(ends[0], timeout, text);
    ::close(ends[0]);
    if (child < 0) {
        return std::nullopt;
    }
    if (how == ending::out_of_time) {
        ::kill(-child, SIGKILL);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (how == ending::out_of_time || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return std::nullopt;
    }
    return text.substr(0, text.find('\n'));
}

} // namespace orch::app::cli
