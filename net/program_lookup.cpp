#include "net/child_process.hpp"

#include <algorithm>
#include <cerrno>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace orch::net {
namespace {

/// 0 when `path` is a file that this account may run, else an errno value.
int check_program(const std::string& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) {
        return errno;
    }
    if (S_ISDIR(found.st_mode)) {
        return EISDIR;
    }
    if (!S_ISREG(found.st_mode)) {
        return EACCES;
    }
    return ::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

error lookup_error(const std::string& path, int number) {
    if (number == ENOENT || number == ENOTDIR) {
        return {errc::not_found, "program '" + path + "' does not exist"};
    }
    if (number == EISDIR) {
        return {errc::invalid_argument, "'" + path + "' is a directory, not a program"};
    }
    return errno_error("program '" + path + "' cannot be run", number);
}

result<std::string> search(const std::string& program, std::string_view path) {
    std::string refused;
    int refusal = 0;
    for (auto rest = path; !rest.empty();) {
        const auto end = std::min(rest.find(':'), rest.size());
        const auto folder = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        // What a relative entry means would depend on who asks.
        if (!folder.starts_with('/')) {
            continue;
        }
        const std::string directory{folder};
        // A folder of another account, like root's, holds nothing for this one.
        if (::faccessat(AT_FDCWD, directory.c_str(), X_OK, AT_EACCESS) != 0) {
            continue;
        }
        auto candidate = directory + '/' + program;
        const int problem = check_program(candidate);
        if (problem == 0) {
            return candidate;
        }
        if (problem == EACCES && refusal == 0) {
            refused = std::move(candidate);
            refusal = problem;
        }
    }
    if (refusal != 0) {
        return lookup_error(refused, refusal);
    }
    return error{errc::not_found,
                 "program '" + program + "' was not found in PATH (" + std::string{path} + ")"};
}

} // namespace

result<std::string>
find_program(const std::string& program,
             const std::vector<std::pair<std::string, std::string>>& environment) {
    if (program.empty()) {
        return error{errc::invalid_argument, "the name of the program is empty"};
    }
    if (program.find('/') != std::string::npos) {
        if (const int problem = check_program(program); problem != 0) {
            return lookup_error(program, problem);
        }
        return program;
    }
    const auto path = std::find_if(environment.begin(), environment.end(),
                                   [](const auto& entry) { return entry.first == "PATH"; });
    if (path == environment.end() || path->second.empty()) {
        return error{errc::not_found,
                     "program '" + program + "' was not found: its environment has no PATH"};
    }
    return search(program, path->second);
}

} // namespace orch::net
