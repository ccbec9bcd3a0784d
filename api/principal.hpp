#pragma once

#include "core/ids.hpp"

#include <optional>
#include <string>

namespace orch::api {

/// Who makes a request. There is no anonymous principal: an endpoint without authentication is
/// used as `public:<project>`.
struct principal {
    enum class kind {
        everybody,   ///< no credential, where none is asked for
        project_key, ///< reads and calls in one project
        user,        ///< signed in with a cookie
        local_admin  ///< the administrator token, or this account on this machine
    } kind = kind::everybody;
    /// The project of a key.
    std::optional<project_id> project;
    /// Nil unless it is a user.
    user_id user;
    /// `key:<id>`, `user:<id>` or `local-admin`; empty for `everybody`, who is named by the
    /// project used.
    std::string name;
    /// Where the request came from, as far as trusted proxies tell.
    std::string address = {};
    /// Nil unless it is a key.
    key_id key = {};

    /// How rows name this principal when it uses a project.
    [[nodiscard]] std::string name_in(const project_id& used) const;
};

} // namespace orch::api
