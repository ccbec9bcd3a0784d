#pragma once

#include <string>
#include <vector>

namespace orch::api {

/// Who may call without a key.
enum class anonymous_access { refused, allowed };

struct api_options {
    anonymous_access anonymous = anonymous_access::refused;
    /// Values of `Host` that are served besides the loopback names.
    std::vector<std::string> allowed_hosts;
    /// Values of `Origin` that browsers may send besides the loopback ones.
    std::vector<std::string> allowed_origins;
    /// How browsers reach us; empty for the address that is listened on.
    std::string public_url;
    /// Whether people may make accounts by themselves.
    bool sign_up = false;
    /// SHA-256 of the token in the set-up link, 32 bytes.
    std::string set_up_token_sha256;
    /// SHA-256 of the administrator token, 32 bytes.
    std::string admin_token_sha256;
    std::string version;
};

} // namespace orch::api
