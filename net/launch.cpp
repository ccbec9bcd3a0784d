#include "net/launch.hpp"

#include "net/pidfd.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <string_view>

#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>

namespace orch::net {
namespace {

/// More would be a mistake; the launcher refuses it too.
constexpr std::chrono::milliseconds grace_max = std::chrono::hours{24};

class spawn_actions {
public:
    spawn_actions() { ::posix_spawn_file_actions_init(&actions_); }
    spawn_actions(const spawn_actions&) = delete;
    spawn_actions& operator=(const spawn_actions&) = delete;
    ~spawn_actions() { ::posix_spawn_file_actions_destroy(&actions_); }

    [[nodiscard]] posix_spawn_file_actions_t* get() noexcept { return &actions_; }

    /// 0 or an errno value.
    [[nodiscard]] int fill(const child_ends& ends, const std::string& directory) noexcept {
        const int failures[] = {
            ::posix_spawn_file_actions_adddup2(get(), ends.stdin_read.get(), STDIN_FILENO),
            ::posix_spawn_file_actions_adddup2(get(), ends.stdout_write.get(), STDOUT_FILENO),
            ::posix_spawn_file_actions_adddup2(get(), ends.stderr_write.get(), STDERR_FILENO),
            ::posix_spawn_file_actions_addclosefrom_np(get(), STDERR_FILENO + 1),
            ::posix_spawn_file_actions_addchdir_np(get(), directory.c_str())};
        return *std::max_element(std::begin(failures), std::end(failures));
    }

private:
    posix_spawn_file_actions_t actions_;
};

class spawn_attributes {
public:
    spawn_attributes() {
        ::posix_spawnattr_init(&attributes_);
        sigset_t all;
        sigfillset(&all);
        ::posix_spawnattr_setsigdefault(&attributes_, &all);
        // Nothing may reach the launcher before it is ready; it unblocks them for its child.
        ::posix_spawnattr_setsigmask(&attributes_, &all);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK |
                                                     POSIX_SPAWN_SETSID);
    }
    spawn_attributes(const spawn_attributes&) = delete;
    spawn_attributes& operator=(const spawn_attributes&) = delete;
    ~spawn_attributes() { ::posix_spawnattr_destroy(&attributes_); }

    [[nodiscard]] const posix_spawnattr_t* get() const noexcept { return &attributes_; }

private:
    posix_spawnattr_t attributes_;
};

bool has_nul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

/// What a system call with C strings would silently cut or mix up.
result<void> check_strings(const launch_spec& spec) {
    if (has_nul(spec.program) || has_nul(spec.directory)) {
        return error{errc::invalid_argument, "program and directory cannot hold a NUL byte"};
    }
    for (std::size_t at = 0; at < spec.arguments.size(); ++at) {
        if (has_nul(spec.arguments[at])) {
            return error{errc::invalid_argument, "argument " + std::to_string(at + 1) + " of '" +
                                                     spec.program + "' holds a NUL byte"};
        }
    }
    for (const auto& [name, value] : spec.environment) {
        if (name.empty() || name.find('=') != std::string::npos || has_nul(name) ||
            has_nul(value)) {
            return error{errc::invalid_argument, "environment variable '" + name + "' of '" +
                                                     spec.program +
                                                     "' has an invalid name or a NUL byte"};
        }
    }
    return {};
}

/// posix_spawn's own error could not say which of program, launcher and directory is meant.
result<void> check_places(const launch_spec& spec, const std::string& directory) {
    struct stat found {};
    if (::stat(directory.c_str(), &found) != 0) {
        return errno_error("working directory '" + directory + "' of '" + spec.program + "'",
                           errno);
    }
    if (!S_ISDIR(found.st_mode)) {
        return error{errc::invalid_argument, "working directory '" + directory + "' of '" +
                                                 spec.program + "' is not a directory"};
    }
    if (!spec.launcher.starts_with('/')) {
        return error{errc::invalid_argument,
                     "the launcher needs an absolute path, not '" + spec.launcher + "'"};
    }
    if (const auto launcher = find_program(spec.launcher, {}); !launcher) {
        return error{errc::unavailable, "launcher: " + launcher.error().detail};
    }
    return {};
}

/// A path that means the same for us and for the child in its directory.
result<std::string> locate(const launch_spec& spec, const std::string& directory) {
    const bool is_relative = spec.program.find('/') != std::string::npos && spec.program[0] != '/';
    return find_program(is_relative ? directory + "/" + spec.program : spec.program,
                        spec.environment);
}

const char* to_word(stop_signal signal) {
    switch (signal) {
    case stop_signal::kill: return "kill";
    case stop_signal::terminate: return "terminate";
    case stop_signal::interrupt: return "interrupt";
    case stop_signal::quit: return "quit";
    }
    return "kill";
}

std::vector<std::string> launcher_command(const launch_spec& spec, std::string program) {
    const auto grace = std::clamp(spec.grace, std::chrono::milliseconds{0}, grace_max);
    std::vector<std::string> command{spec.launcher,
                                     "--parent",
                                     std::to_string(::getpid()),
                                     "--grace-ms",
                                     std::to_string(grace.count()),
                                     "--stop-with",
                                     to_word(spec.stop_with),
                                     "--on-orphan",
                                     to_word(spec.on_orphan)};
    if (spec.on_launcher_death == launcher_death::spares_child) {
        command.emplace_back("--no-child-pdeathsig");
    }
    command.emplace_back("--");
    command.push_back(std::move(program));
    command.insert(command.end(), spec.arguments.begin(), spec.arguments.end());
    return command;
}

std::vector<std::string> to_assignments(const launch_spec& spec) {
    std::vector<std::string> lines;
    lines.reserve(spec.environment.size());
    for (const auto& [name, value] : spec.environment) {
        lines.push_back(std::string{name}.append("=").append(value));
    }
    return lines;
}

std::vector<char*> to_pointers(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (auto& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

error start_error(const launch_spec& spec, int number) {
    return errno_error("'" + spec.program + "' cannot be started", number);
}

/// The pid without which a child can neither be watched nor be signalled safely.
result<launched> watch(pid_t pid, const launch_spec& spec) {
    owned_fd pidfd{open_pidfd(pid)};
    if (pidfd.get() < 0) {
        const int number = errno;
        // Short: the launcher only has to kill a child that has just begun.
        ::kill(pid, SIGUSR1);
        ::waitpid(pid, nullptr, 0);
        return start_error(spec, number);
    }
    return launched{pid, std::move(pidfd)};
}

} // namespace

result<launched> launch(const launch_spec& spec, child_ends ends) {
    const std::string directory = spec.directory.empty() ? "/" : spec.directory;
    if (const auto fine = check_strings(spec); !fine) {
        return fine.error();
    }
    if (const auto fine = check_places(spec, directory); !fine) {
        return fine.error();
    }
    auto program = locate(spec, directory);
    if (!program) {
        return program.error();
    }
    auto command = launcher_command(spec, std::move(*program));
    auto environment = to_assignments(spec);
    spawn_actions actions;
    if (const int number = actions.fill(ends, directory); number != 0) {
        return start_error(spec, number);
    }
    const spawn_attributes attributes;
    pid_t pid = -1;
    const int number = ::posix_spawn(&pid, spec.launcher.c_str(), actions.get(), attributes.get(),
                                     to_pointers(command).data(), to_pointers(environment).data());
    if (number != 0) {
        return start_error(spec, number);
    }
    // Frees three descriptors, so that the next call cannot fail for want of one.
    ends = {};
    return watch(pid, spec);
}

} // namespace orch::net
