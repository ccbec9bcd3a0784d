#pragma once

#include "config/loader.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace orch::app::cli {

enum class severity { ok, warn, fail };

/// What one check of `doctor` found, and what to do about it unless it is ok.
struct finding {
    severity level = severity::ok;
    std::string subject;
    std::string text;
    std::string advice;
};

/// `<root>/<version>/bin/postgres` with initdb beside it; not needed when `database_url` is set.
[[nodiscard]] finding check_postgres(const std::string& root, std::string_view database_url);

/// Program → what `--version` says; nothing when it cannot be run.
using version_reader = std::function<std::optional<std::string>(const std::string& program)>;
/// Looks where the orchestrator itself does; a missing program is a warning: only the servers that
/// need it cannot start.
[[nodiscard]] finding check_program(std::string_view name, std::string_view needed_for,
                                    std::string_view search_path, const version_reader& version);

enum class orchestrator_state { stopped, running };
/// Tries to bind; a port in use is right only when our orchestrator runs.
[[nodiscard]] finding check_port(const net::http_options& listener, orchestrator_state state);

/// Writable by this account and closed to others; one that is missing must be creatable.
[[nodiscard]] finding check_data_dir(const std::string& path);

/// The limit of `sockaddr_un`.
[[nodiscard]] finding check_socket_path(const std::string& path);

/// `soft` is RLIMIT_NOFILE, `wanted` the descriptors that the settings may need.
[[nodiscard]] finding check_open_files(std::uint64_t soft, std::uint64_t wanted);

enum class service_account { present, missing };
/// Started as root, the orchestrator becomes the account `mcp-orch`.
[[nodiscard]] finding check_account(uid_t user, service_account account);

/// `mcp-orch-launch` beside our own executable.
[[nodiscard]] finding check_launcher(const std::string& directory);

/// One line per mistake, or one that says where the settings come from.
[[nodiscard]] std::vector<finding> check_config(const config::sources& from,
                                                const std::vector<config::mistake>& mistakes);

} // namespace orch::app::cli
