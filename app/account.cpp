#include "app/account.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace orch::app {

namespace {

namespace fs = std::filesystem;

/// Links are given away as links, never what they point to.
result<void> give_away(const std::string& path, uid_t user, gid_t group) {
    if (::lchown(path.c_str(), user, group) != 0) {
        return errno_error("chown " + path, errno);
    }
    std::error_code failure;
    for (fs::recursive_directory_iterator entry(path, failure), end; !failure && entry != end;
         entry.increment(failure)) {
        if (::lchown(entry->path().c_str(), user, group) != 0) {
            return errno_error("chown " + entry->path().string(), errno);
        }
    }
    if (failure) {
        return error{errc::io_failure, fmt::format("{}: {}", path, failure.message())};
    }
    return {};
}

} // namespace

result<void> leave_root(const std::string& data_directory) {
    if (::geteuid() != 0) {
        return {};
    }
    const passwd* account = ::getpwnam(service_account);
    if (account == nullptr) {
        return error{errc::not_found,
                     fmt::format("started as root, but there is no account '{0}' to drop to; make "
                                 "it with: useradd --system --home-dir /var/lib/mcp-orch "
                                 "--shell /usr/sbin/nologin {0}",
                                 service_account)};
    }
    std::error_code failure;
    fs::create_directories(data_directory, failure);
    if (failure) {
        return error{errc::io_failure, fmt::format("{}: {}", data_directory, failure.message())};
    }
    struct stat about {};
    if (::stat(data_directory.c_str(), &about) != 0) {
        return errno_error(data_directory, errno);
    }
    // Once it is the account's, others may have put links there: root does not walk it again.
    if (about.st_uid != account->pw_uid) {
        if (auto given = give_away(data_directory, account->pw_uid, account->pw_gid); !given) {
            return given;
        }
    }
    if (::setgroups(0, nullptr) != 0 || ::setgid(account->pw_gid) != 0 ||
        ::setuid(account->pw_uid) != 0) {
        return errno_error(fmt::format("cannot become {}", service_account), errno);
    }
    return {};
}

std::string home_directory() {
    const passwd* account = ::getpwuid(::geteuid());
    return account != nullptr && account->pw_dir != nullptr ? account->pw_dir : "/";
}

} // namespace orch::app
