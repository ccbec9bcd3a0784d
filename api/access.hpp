#pragma once

#include "api/options.hpp"
#include "core/error.hpp"
#include "core/model/registry.hpp"
#include "net/message.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace orch::api {

/// Who makes a request. There is no anonymous principal: an endpoint without authentication is
/// used as `public:<project>`.
struct principal {
    enum class kind { local_admin, project_key, everybody } kind = kind::everybody;
    /// The project of a key.
    std::optional<project_id> project;
    /// `key:<id>` or `local-admin`; empty for `everybody`, who is named by the project used.
    std::string name;

    /// How rows name this principal when it uses a project.
    [[nodiscard]] std::string name_in(const project_id& used) const;
    /// Whether it may know of the project at all.
    [[nodiscard]] bool may_see(const project_id& wanted) const noexcept;
};

/// The credential of a request: the account behind a unix socket, a bearer key or token.
/// `unauthenticated` says what is wrong with it.
[[nodiscard]] result<principal> authenticate(const net::request& request,
                                             const model::registry& registry,
                                             const api_options& options,
                                             std::chrono::system_clock::time_point now);

/// Whether the Host is one of ours: loopback names always, others when configured. Guards
/// against DNS rebinding; `host` may carry a port.
[[nodiscard]] bool is_allowed_host(std::string_view host, const api_options& options);
/// Whether a browser page of that origin may call us. An absent Origin is no browser.
[[nodiscard]] bool is_allowed_origin(std::string_view origin, const api_options& options);

} // namespace orch::api
