#include "app/cli/doctor_checks.hpp"

#include "config/endpoint.hpp"
#include "config/quantity.hpp"
#include "net/child_process.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace orch::app::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t socket_path_max = 107;
constexpr std::uint64_t open_files_min = 1'024;

bool is_executable(const fs::path& path) {
    return net::find_program(path.string(), {}).has_value();
}

/// 0 when `address` and `port` can be bound, else errno.
int try_bind(const std::string& address, unsigned short port) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) {
        return EINVAL;
    }
    int failed = 0;
    const int socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    // As the server does, so that connections of an earlier run do not count.
    const int on = 1;
    if (socket < 0 || ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        ::bind(socket, found->ai_addr, found->ai_addrlen) != 0 || ::listen(socket, 1) != 0) {
        failed = errno;
    }
    if (socket >= 0) {
        ::close(socket);
    }
    ::freeaddrinfo(found);
    return failed;
}

finding check_missing_data_dir(const std::string& path) {
    std::error_code ignored;
    auto parent = fs::path(path).parent_path();
    while (!parent.empty() && parent != parent.root_path() && !fs::exists(parent, ignored)) {
        parent = parent.parent_path();
    }
    if (fs::is_directory(parent, ignored) && ::access(parent.c_str(), W_OK | X_OK) == 0) {
        return {severity::ok, "data directory", path + " will be created", {}};
    }
    return {severity::fail, "data directory",
            fmt::format("{} is missing and {} is no writable directory", path, parent.string()),
            "create it for this account, or name another one with --data-dir"};
}

} // namespace

finding check_postgres(const std::string& root, std::string_view database_url) {
    if (!database_url.empty()) {
        return {severity::ok, "PostgreSQL", "an own one is configured by database.url", {}};
    }
    std::uint64_t best = 0;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(root, ignored)) {
        const auto version = config::parse_count(entry.path().filename().string());
        const auto binaries = entry.path() / "bin";
        if (version && is_executable(binaries / "postgres") && is_executable(binaries / "initdb")) {
            best = std::max(best, *version);
        }
    }
    if (best == 0) {
        return {severity::fail, "PostgreSQL", fmt::format("no server below {}", root),
                "install the package postgresql, or set database.url"};
    }
    return {
        severity::ok, "PostgreSQL", fmt::format("version {} in {}/{}/bin", best, root, best), {}};
}

finding check_program(std::string_view name, std::string_view needed_for,
                      std::string_view search_path, const version_reader& version) {
    const std::string subject(name);
    const auto program = net::find_program(subject, {{"PATH", std::string(search_path)}});
    if (!program) {
        return {severity::warn, subject, "not in PATH",
                fmt::format("{} cannot start without it", needed_for)};
    }
    const auto said = version(*program);
    if (!said) {
        return {severity::warn, subject, fmt::format("{} --version fails", *program),
                "install it anew"};
    }
    return {severity::ok, subject, fmt::format("{} ({})", *said, *program), {}};
}

finding check_port(const net::http_options& listener, orchestrator_state state) {
    const auto place = config::print_endpoint({listener.address, listener.port});
    if (listener.port == 0) {
        return {severity::ok, "port", "any free one is taken", {}};
    }
    const int failed = try_bind(listener.address, listener.port);
    if (failed == 0) {
        return {severity::ok, "port", place + " is free", {}};
    }
    if (failed == EADDRINUSE && state == orchestrator_state::running) {
        return {severity::ok, "port", place + " is in use, and mcp-orch is running", {}};
    }
    return {severity::fail, "port", fmt::format("{}: {}", place, std::strerror(failed)),
            failed == EADDRINUSE ? "stop the other program, or choose another port with --listen"
                                 : "choose an address of this machine with --listen"};
}

finding check_data_dir(const std::string& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return check_missing_data_dir(path);
    }
    if (!S_ISDIR(about.st_mode)) {
        return {severity::fail, "data directory", path + " is not a directory",
                "move it away, or name another one with --data-dir"};
    }
    if (::access(path.c_str(), R_OK | W_OK | X_OK) != 0) {
        return {
            severity::fail, "data directory",
            fmt::format("{} belongs to user {}, this account cannot write it", path, about.st_uid),
            "run as that user, or name another one with --data-dir"};
    }
    if ((about.st_mode & 077) != 0) {
        return {
            severity::warn, "data directory",
            fmt::format("{} has mode {:04o}, other accounts get in", path, about.st_mode & 07777),
            fmt::format("chmod 0700 {}", path)};
    }
    return {severity::ok, "data directory", path + " is writable and closed to others", {}};
}

finding check_socket_path(const std::string& path) {
    if (path.size() <= socket_path_max) {
        return {severity::ok,
                "socket path",
                fmt::format("{} of {} bytes", path.size(), socket_path_max),
                {}};
    }
    return {severity::fail, "socket path",
            fmt::format("{} has {} bytes, {} are allowed", path, path.size(), socket_path_max),
            "choose a shorter data directory with --data-dir"};
}

finding check_open_files(std::uint64_t soft, std::uint64_t wanted) {
    if (soft >= wanted) {
        return {severity::ok, "open files", fmt::format("{} allowed", soft), {}};
    }
    const auto text = fmt::format("{} allowed, {} may be needed", soft, wanted);
    return {soft < open_files_min ? severity::fail : severity::warn, "open files", text,
            fmt::format("ulimit -n {}, LimitNOFILE={} in a unit file, or a lower "
                        "http.connections_max",
                        wanted, wanted)};
}

finding check_account(uid_t user, service_account account) {
    if (user != 0) {
        return {severity::ok, "account", fmt::format("everything runs as user {}", user), {}};
    }
    if (account == service_account::present) {
        return {severity::ok, "account", "root, becomes mcp-orch before it serves", {}};
    }
    return {severity::fail, "account", "root, and there is no account mcp-orch to become",
            "useradd --system --home-dir /var/lib/mcp-orch --shell /usr/sbin/nologin mcp-orch"};
}

finding check_launcher(const std::string& directory) {
    const auto path = fs::path(directory) / "mcp-orch-launch";
    if (is_executable(path)) {
        return {severity::ok, "launcher", path.string(), {}};
    }
    return {severity::fail, "launcher", path.string() + " is missing or not executable",
            "install it beside mcp-orch; stdio servers cannot start without it"};
}

std::vector<finding> check_config(const config::sources& from,
                                  const std::vector<config::mistake>& mistakes) {
    if (mistakes.empty()) {
        return {{severity::ok,
                 "configuration",
                 from.file ? from.file->path : std::string("no file, defaults"),
                 {}}};
    }
    std::vector<finding> out;
    out.reserve(mistakes.size());
    for (const auto& each : mistakes) {
        out.push_back({severity::fail, "configuration",
                       fmt::format("{}: {}", each.where, each.what), "correct it there"});
    }
    return out;
}

} // namespace orch::app::cli
