#include "storage/private_cluster.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace orch::storage {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view socket_file = "/.s.PGSQL.5432";
constexpr std::size_t socket_path_max = 107;
constexpr int oldest_version = 15;
/// Above every pid that Linux gives out (PID_MAX_LIMIT).
constexpr int impossible_pid = 4 * 1024 * 1024;

bool fits(const std::string& directory) {
    return directory.size() + socket_file.size() <= socket_path_max;
}

/// The number that `text` is from its first to its last character, else 0.
int whole_number(std::string_view text) {
    int value = 0;
    const auto* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    return parsed.ec == std::errc{} && parsed.ptr == end ? value : 0;
}

/// The directory of the newest server programs, empty without any.
std::string find_binaries(const std::string& installations) {
    int newest = oldest_version - 1;
    std::string found;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator{installations, ignored}) {
        const auto version = whole_number(entry.path().filename().native());
        const auto directory = entry.path() / "bin";
        if (version > newest && ::access((directory / "postgres").c_str(), X_OK) == 0 &&
            ::access((directory / "initdb").c_str(), X_OK) == 0) {
            newest = version;
            found = directory;
        }
    }
    return found;
}

std::string account_name() {
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    ::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found);
    return found != nullptr ? std::string{found->pw_name} : std::string{};
}

/// FNV-1a: tells the data directories of one account apart, nothing more.
std::uint64_t name_hash(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    return hash;
}

/// Where the sockets lie; empty when no place is short enough.
std::string choose_sockets(const std::string& root) {
    if (auto inside = root + "/run"; fits(inside)) {
        return inside;
    }
    std::vector<std::string> places;
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    if (runtime != nullptr && *runtime == '/') {
        places.push_back(fmt::format("{}/mcp-orch-{:016x}", runtime, name_hash(root)));
    }
    places.push_back(fmt::format("/tmp/mcp-orch-{}-{:016x}", ::geteuid(), name_hash(root)));
    const auto found = std::find_if(places.begin(), places.end(), fits);
    return found != places.end() ? *found : std::string{};
}

/// Others may write to the parent, so what stands there already must prove to be ours.
result<void> make_private_directory(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
        return errno_error("cannot create " + path, errno);
    }
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) {
        return errno_error("cannot look at " + path, errno);
    }
    if (!S_ISDIR(found.st_mode) || found.st_uid != ::geteuid()) {
        return error{errc::io_failure, path + " is not a directory of this account"};
    }
    if ((found.st_mode & 07777) != 0700 && ::chmod(path.c_str(), 0700) != 0) {
        return errno_error("cannot make " + path + " private", errno);
    }
    return {};
}

/// Makes a rename in `directory` survive a power loss.
result<void> sync_directory(const std::string& directory) {
    const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return errno_error("cannot open " + directory, errno);
    }
    const int failure = ::fsync(fd) == 0 ? 0 : errno;
    ::close(fd);
    return failure == 0 ? result<void>{} : errno_error("cannot sync " + directory, failure);
}

/// `'value'` as libpq reads it in a connection string.
std::string connection_value(std::string_view value) {
    std::string out = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out += '\'';
}

/// A value in `unix_socket_directories`, which is a list of identifiers.
std::string list_item(std::string_view value) {
    std::string out = "\"";
    for (const char c : value) {
        out += c == '"' ? "\"\"" : std::string(1, c);
    }
    return out += '"';
}

bool is_server_of(int pid, const std::string& data) {
    const auto process = fmt::format("/proc/{}", pid);
    std::string program;
    std::getline(std::ifstream{process + "/comm"}, program);
    // A server works in its data directory from its first moment.
    std::error_code failed;
    return program == "postgres" && fs::equivalent(process + "/cwd", data, failed) && !failed;
}

/// PostgreSQL refuses to start while the pid in one of its lock files lives in the same account,
/// whatever program that is by now. Only the pid goes: the rest of postmaster.pid tells the next
/// server about shared memory that backends of the last one may still hold.
result<void> disarm_lock(const std::string& path) {
    std::ifstream old{path};
    std::string pid;
    if (!std::getline(old, pid)) {
        return {};
    }
    const std::string rest{std::istreambuf_iterator<char>{old}, {}};
    const auto fresh = path + ".new";
    std::ofstream out{fresh, std::ios::trunc};
    out << impossible_pid << '\n' << rest;
    out.close();
    if (!out || ::chmod(fresh.c_str(), 0600) != 0 || ::rename(fresh.c_str(), path.c_str()) != 0) {
        return errno_error("cannot replace " + path, errno);
    }
    return {};
}

} // namespace

result<private_cluster> private_cluster::locate(const std::string& data_directory,
                                                const std::string& installations) {
    private_cluster found;
    found.root_ = (fs::absolute(data_directory) / "postgres").lexically_normal();
    found.data_ = found.root_ + "/data";
    found.binaries_ = find_binaries(installations);
    if (found.binaries_.empty()) {
        return error{errc::not_found, "no PostgreSQL server programs below " + installations +
                                          "; install the package postgresql-15 or set a "
                                          "database connection"};
    }
    found.user_ = account_name();
    if (found.user_.empty()) {
        return error{errc::unavailable,
                     fmt::format("account {} has no name, which PostgreSQL needs", ::geteuid())};
    }
    found.sockets_ = choose_sockets(found.root_);
    if (found.sockets_.empty()) {
        return error{errc::invalid_argument,
                     "no directory for the PostgreSQL socket with a path of at most 107 bytes"};
    }
    return found;
}

bool private_cluster::initialized() const {
    std::error_code ignored;
    return fs::exists(data_ + "/PG_VERSION", ignored);
}

command_line private_cluster::initdb() const {
    return {binaries_ + "/initdb",
            {"--pgdata=" + data_ + ".new", "--username=" + user_, "--auth-local=peer",
             "--auth-host=reject", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums",
             "--no-instructions"}};
}

result<void> private_cluster::finish_initdb() const {
    if (::rename((data_ + ".new").c_str(), data_.c_str()) != 0) {
        return errno_error("cannot put the new cluster at " + data_, errno);
    }
    return sync_directory(root_);
}

command_line private_cluster::server() const {
    // Calls come before their rows where both want the same processor: the rows can wait.
    command_line out{"/usr/bin/nice", {"-n", "5", binaries_ + "/postgres", "-D", data_}};
    const std::array settings{
        std::string{"listen_addresses="},
        "unix_socket_directories=" + list_item(sockets_),
        std::string{"unix_socket_permissions=0700"},
        std::string{"port=5432"},
        std::string{"max_connections=30"},
        std::string{"shared_buffers=128MB"},
        std::string{"max_wal_size=1GB"},
        std::string{"wal_buffers=16MB"},
        std::string{"wal_compression=lz4"},
        std::string{"fsync=on"},
        std::string{"full_page_writes=on"},
        std::string{"timezone=UTC"},
        std::string{"log_timezone=UTC"},
        std::string{"log_destination=stderr"},
        std::string{"logging_collector=off"},
    };
    for (const auto& setting : settings) {
        out.arguments.emplace_back("-c");
        out.arguments.push_back(setting);
    }
    return out;
}

command_line private_cluster::stop_leftover() const {
    return {binaries_ + "/pg_ctl", {"stop", "-D", data_, "-m", "fast", "-w", "-t", "30"}};
}

int private_cluster::leftover_pid() const {
    std::string line;
    std::getline(std::ifstream{data_ + "/postmaster.pid"}, line);
    const int pid = whole_number(line);
    return pid > 0 && is_server_of(pid, data_) ? pid : 0;
}

result<void> private_cluster::prepare() const {
    std::error_code failed;
    fs::create_directories(fs::path{root_}.parent_path(), failed);
    if (failed) {
        return errno_error("cannot create the data directory of " + root_, failed.value());
    }
    for (const auto& directory : {root_, sockets_}) {
        if (auto made = make_private_directory(directory); !made) {
            return made;
        }
    }
    fs::remove_all(data_ + ".new", failed);
    if (failed) {
        return errno_error("cannot remove " + data_ + ".new", failed.value());
    }
    for (const auto& lock :
         {data_ + "/postmaster.pid", fmt::format("{}{}.lock", sockets_, socket_file)}) {
        if (auto disarmed = disarm_lock(lock); !disarmed) {
            return disarmed;
        }
    }
    return {};
}

std::string private_cluster::connection() const {
    return fmt::format("host={} port=5432 user={} dbname=postgres", connection_value(sockets_),
                       connection_value(user_));
}

} // namespace orch::storage
