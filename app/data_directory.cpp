#include "app/data_directory.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace orch::app {

namespace {

namespace fs = std::filesystem;

std::string first_line(const std::string& path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

result<void> make_private(const std::string& path) {
    std::error_code failure;
    fs::create_directories(path, failure);
    if (failure) {
        return error{errc::io_failure, fmt::format("the data directory {} cannot be made: {}", path,
                                                   failure.message())};
    }
    if (::chmod(path.c_str(), S_IRWXU) != 0) {
        return errno_error("the data directory " + path + " is not ours", errno);
    }
    return {};
}

} // namespace

result<data_directory> data_directory::open(const std::string& path) {
    if (const auto made = make_private(path); !made) {
        return made.error();
    }
    const std::string name = path + "/lock";
    const int lock = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0) {
        return errno_error(name, errno);
    }
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        const auto holder = first_line(name);
        ::close(lock);
        return error{errc::conflict,
                     fmt::format("another mcp-orch (pid {}) uses the data directory {}: it holds "
                                 "the lock file {}",
                                 holder, path, name)};
    }
    const std::string pid = fmt::format("{}\n", ::getpid());
    if (::ftruncate(lock, 0) != 0 || ::write(lock, pid.data(), pid.size()) < 0) {
        const auto failure = errno_error(name, errno);
        ::close(lock);
        return failure;
    }
    return data_directory(path, lock);
}

data_directory::data_directory(data_directory&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

data_directory::~data_directory() {
    if (lock_ >= 0) {
        ::close(lock_);
    }
}

result<std::string> data_directory::read(const std::string& name) const {
    const auto path = file(name);
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) {
        return errno == ENOENT ? error{errc::not_found, path + " does not exist"}
                               : errno_error(path, errno);
    }
    if (!S_ISREG(about.st_mode) || (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return error{errc::forbidden,
                     path + " holds a secret but others may read it: run chmod 600 on it"};
    }
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
        text.pop_back();
    }
    if (text.empty()) {
        return error{errc::invalid_argument, path + " is empty: delete it to have a new one made"};
    }
    return text;
}

result<std::string> data_directory::write(const std::string& name, std::string text) const {
    const auto path = file(name);
    const auto draft = path + ".new";
    const int out = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                           0600);
    if (out < 0) {
        return errno_error(draft, errno);
    }
    const std::string line = text + "\n";
    const bool whole = ::write(out, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    const bool safe = whole && ::fsync(out) == 0;
    const int failure = errno;
    ::close(out);
    if (!safe || ::rename(draft.c_str(), path.c_str()) != 0) {
        return errno_error(path, safe ? errno : failure);
    }
    return text;
}

} // namespace orch::app
