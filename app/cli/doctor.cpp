#include "app/cli/doctor.hpp"

#include "app/cli/program.hpp"
#include "app/cli/text_table.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <utility>

#include <pwd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace orch::app::cli {

namespace {

constexpr std::chrono::seconds version_timeout{5};
// Beside the connections: pipes of servers, the database, the spool, logs.
constexpr std::uint64_t own_descriptors = 4'096;

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> programs{
    {{"node", "servers written in JavaScript"},
     {"npx", "servers that npm packages contain"},
     {"uvx", "servers that Python packages contain"}}};

orchestrator_state state_of(const std::string& socket_path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0 || socket_path.size() >= sizeof address.sun_path) {
        return orchestrator_state::stopped;
    }
    socket_path.copy(address.sun_path, socket_path.size());
    const void* generic = &address;
    const int failed = ::connect(socket, static_cast<const sockaddr*>(generic), sizeof address);
    ::close(socket);
    return failed == 0 ? orchestrator_state::running : orchestrator_state::stopped;
}

std::uint64_t open_files_limit() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

std::string own_directory() {
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path().string();
}

void examine_machine(std::string_view search_path, std::vector<finding>& findings) {
    for (const auto& [name, needed_for] : programs) {
        findings.push_back(check_program(name, needed_for, search_path, [](const auto& program) {
            return program_version(program, version_timeout);
        }));
    }
    findings.push_back(check_account(::geteuid(), ::getpwnam("mcp-orch") != nullptr
                                                      ? service_account::present
                                                      : service_account::missing));
    findings.push_back(check_launcher(own_directory()));
}

void examine_settings(const config::settings& settings, std::vector<finding>& findings) {
    findings.push_back(check_postgres("/usr/lib/postgresql", settings.database.connection));
    findings.push_back(check_port(settings.http, state_of(settings.http.unix_socket)));
    findings.push_back(check_data_dir(settings.data_dir));
    findings.push_back(check_socket_path(settings.http.unix_socket));
    findings.push_back(
        check_open_files(open_files_limit(), settings.http.connections_max + own_descriptors));
}

std::string_view word_for(severity level) {
    switch (level) {
    case severity::ok: return "ok";
    case severity::warn: return "warn";
    case severity::fail: break;
    }
    return "fail";
}

} // namespace

std::vector<finding> examine(const config::sources& from) {
    const auto loaded = config::load(from);
    const auto* mistakes = std::get_if<std::vector<config::mistake>>(&loaded);
    auto findings = check_config(from,
                                 mistakes == nullptr ? std::vector<config::mistake>{} : *mistakes);
    if (const auto* good = std::get_if<config::loaded_settings>(&loaded)) {
        examine_settings(good->values, findings);
    }
    const auto search_path = from.environment.find("PATH");
    examine_machine(search_path == from.environment.end() ? "" : search_path->second, findings);
    return findings;
}

outcome diagnosis(const std::vector<finding>& findings) {
    outcome done;
    for (const auto& each : findings) {
        auto line = fmt::format("{:<5} {:<15} {}", word_for(each.level), each.subject, each.text);
        if (!each.advice.empty()) {
            line.append(" — ").append(each.advice);
        }
        done.out.append(printable(line)).push_back('\n');
        if (each.level == severity::fail) {
            done.code = exit_code::failed;
        }
    }
    return done;
}

} // namespace orch::app::cli
