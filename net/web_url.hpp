#pragma once

#include "core/error.hpp"

#include <string>
#include <string_view>

namespace orch::net {

/// An address that HTTP requests can go to.
struct web_url {
    bool secure = false; ///< https
    std::string host;    ///< a name or an address; IPv6 without brackets
    std::string port;
    std::string target; ///< path and query, at least "/"

    /// `http` or `https` with a host. `invalid_argument` for anything else, also for a user name or
    /// a password, which would show up wherever the URL does. A fragment is dropped.
    [[nodiscard]] static result<web_url> parse(std::string_view text);

    /// What `reference`, relative or absolute, means on this page (RFC 3986 §5).
    [[nodiscard]] result<web_url> resolve(std::string_view reference) const;

    /// The `Host` of requests: the port is left out when it is the usual one.
    [[nodiscard]] std::string authority() const;
    /// Scheme, host and port, for comparing and for people.
    [[nodiscard]] std::string origin() const;
    [[nodiscard]] std::string to_string() const { return origin() + target; }
};

} // namespace orch::net
