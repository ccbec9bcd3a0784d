#pragma once

#include "actors/login_table.hpp"
#include "api/identity/cookie.hpp"
#include "api/options.hpp"
#include "api/principal.hpp"
#include "core/error.hpp"
#include "core/model/registry.hpp"
#include "net/message.hpp"

#include <string_view>

namespace orch::api {

/// Whether the cookie of a signed-in browser counts, too. It never does at MCP endpoints. Looked at
/// once more while its request is still being answered it is `seen`, which does not prolong it.
enum class cookies { ignored, taken, seen };

/// What credentials are checked against.
struct credential_sources {
    const model::registry& registry;
    actors::login_table& logins;
    const session_cookie& cookie;
    const api_options& options;
    /// Whether the endpoint asks nobody for a key.
    bool open_endpoint = false;
};

/// The credential of a request: the account behind a unix socket, a bearer key or token, the
/// cookie of a browser; the first of them that is there decides. `unauthenticated` says what is
/// wrong with it.
[[nodiscard]] result<principal> authenticate(const net::request& request,
                                             const credential_sources& sources, cookies wanted);

/// Whether an MCP endpoint takes clients without a key: `server` is null for the unified one.
[[nodiscard]] bool is_open_endpoint(const api_options& options, const model::project& project,
                                    const model::server_entry* server);

/// Whether a changing request with a cookie was made by a page of ours: its `Origin` is the host
/// that it was sent to or one that the configuration names, or the browser says that it is of the
/// same origin or was typed (`Sec-Fetch-Site`). A request that says nothing is none of ours.
[[nodiscard]] bool comes_from_our_pages(const net::request& request, const api_options& options);

/// Whether the Host is one of ours: loopback names always, others when configured. Guards
/// against DNS rebinding; `host` may carry a port.
[[nodiscard]] bool is_allowed_host(std::string_view host, const api_options& options);
/// Whether a browser page of that origin may call us. An absent Origin is no browser.
[[nodiscard]] bool is_allowed_origin(std::string_view origin, const api_options& options);

} // namespace orch::api
