#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orch::api {

/// Who may call without a key.
enum class anonymous_access { refused, allowed };

/// Who may say what a stdio server runs: its command, arguments, directory and variables.
enum class stdio_policy {
    developer, ///< every developer of the project
    owner,     ///< its owners, and administrators
    admin,     ///< administrators
    templates  ///< the administrator token alone
};

[[nodiscard]] constexpr std::string_view to_string(stdio_policy policy) noexcept {
    switch (policy) {
    case stdio_policy::developer: return "developer";
    case stdio_policy::owner: return "owner";
    case stdio_policy::admin: return "admin";
    case stdio_policy::templates: break;
    }
    return "templates";
}

struct api_options {
    anonymous_access anonymous = anonymous_access::refused;
    /// Values of `Host` that are served besides the loopback names.
    std::vector<std::string> allowed_hosts;
    /// Values of `Origin` that browsers may send besides the loopback ones.
    std::vector<std::string> allowed_origins;
    /// How browsers reach us; empty for the address that is listened on.
    std::string public_url;
    /// Whether a project may open its endpoints to everybody: nobody else reaches the listener, or
    /// the configuration says so.
    bool public_allowed = false;
    stdio_policy stdio_servers = stdio_policy::owner;
    /// Whether people may make accounts by themselves.
    bool sign_up = false;
    /// SHA-256 of the token in the set-up link, 32 bytes.
    std::string set_up_token_sha256;
    /// SHA-256 of the administrator token, 32 bytes.
    std::string admin_token_sha256;
    std::string version;
};

} // namespace orch::api
