#include "api/access.hpp"

#include "actors/key_access.hpp"
#include "core/ascii.hpp"
#include "crypto/api_key.hpp"
#include "crypto/digest.hpp"

#include <algorithm>
#include <chrono>

#include <unistd.h>

namespace orch::api {

namespace {

constexpr std::string_view scheme = "bearer ";

bool all_digits(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The name in `host[:port]`, lower case; empty when it is malformed.
std::string host_name(std::string_view host) {
    const std::size_t from = host.starts_with('[') ? host.find(']') : 0;
    const auto colon = from == std::string_view::npos ? from : host.find(':', from);
    if (from == std::string_view::npos) {
        return {};
    }
    if (colon == std::string_view::npos) {
        return ascii_lowered(host);
    }
    return all_digits(host.substr(colon + 1)) ? ascii_lowered(host.substr(0, colon))
                                              : std::string{};
}

bool is_loopback_name(std::string_view name) noexcept {
    return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
}

bool contains(const std::vector<std::string>& list, std::string_view wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

/// The token of `Authorization: Bearer <token>`; empty for any other scheme.
std::string_view bearer_token(std::string_view header) {
    if (header.size() <= scheme.size() ||
        ascii_lowered(header.substr(0, scheme.size())) != scheme) {
        return {};
    }
    return header.substr(scheme.size());
}

principal local_admin() { return {principal::kind::local_admin, {}, {}, "local-admin"}; }

result<principal> by_bearer(std::string_view header, const credential_sources& sources,
                            std::chrono::system_clock::time_point now) {
    const auto token = bearer_token(header);
    if (token.empty()) {
        return error{errc::unauthenticated, "The Authorization header is not a bearer token"};
    }
    const auto hash = crypto::sha256(token);
    if (crypto::constant_time_equal(hash, sources.options.admin_token_sha256)) {
        return local_admin();
    }
    const auto* key = sources.registry.find_key(hash);
    if (key == nullptr) {
        return error{errc::unauthenticated, "The key is not valid"};
    }
    if (auto why = actors::invalidity(*key, now); !why.empty()) {
        return error{errc::unauthenticated, std::move(why)};
    }
    return principal{principal::kind::project_key, key->project, {},
                     "key:" + key->id.to_string(), {},           key->id};
}

} // namespace

std::string principal::name_in(const project_id& used) const {
    return kind == kind::everybody ? "public:" + used.to_string() : name;
}

result<principal> authenticate(const net::request& request, const credential_sources& sources,
                               cookies wanted) {
    const auto& options = sources.options;
    if (request.peer_uid && (*request.peer_uid == ::geteuid() || *request.peer_uid == 0)) {
        return local_admin();
    }
    const auto header = request.header("authorization");
    if (!header.empty()) {
        return by_bearer(header, sources, request.received_at);
    }
    const auto token = wanted == cookies::ignored ? std::nullopt
                                                  : sources.cookie.read(request.headers);
    if (token) {
        const auto hash = crypto::sha256(*token);
        const auto user = wanted == cookies::taken ? sources.logins.use(hash)
                                                   : sources.logins.holder(hash);
        if (user) {
            return principal{principal::kind::user, {}, *user, "user:" + user->to_string()};
        }
        return error{errc::unauthenticated, "The sign-in is over: sign in again"};
    }
    if (options.anonymous == anonymous_access::allowed || sources.open_endpoint) {
        return principal{};
    }
    return error{errc::unauthenticated, "Send a project key: Authorization: Bearer <key>"};
}

bool is_open_endpoint(const api_options& options, const model::project& project,
                      const model::server_entry* server) {
    const auto& own = server != nullptr ? server->definition.auth_required : std::nullopt;
    return options.public_allowed && !own.value_or(project.auth_required);
}

bool comes_from_our_pages(const net::request& request, const api_options& options) {
    if (const auto site = request.header("sec-fetch-site"); !site.empty()) {
        return site == "same-origin" || site == "none";
    }
    const auto origin = ascii_lowered(request.header("origin"));
    if (contains(options.allowed_origins, origin)) {
        return true;
    }
    const auto host = ascii_lowered(request.header("host"));
    return !host.empty() && (origin == "http://" + host || origin == "https://" + host);
}

bool is_allowed_host(std::string_view host, const api_options& options) {
    const auto name = host_name(host);
    return !name.empty() && (is_loopback_name(name) || contains(options.allowed_hosts, name) ||
                             contains(options.allowed_hosts, ascii_lowered(host)));
}

bool is_allowed_origin(std::string_view origin, const api_options& options) {
    if (origin.empty()) {
        return true;
    }
    const auto lowered = ascii_lowered(origin);
    if (contains(options.allowed_origins, lowered)) {
        return true;
    }
    for (const std::string_view prefix : {"http://", "https://"}) {
        if (lowered.starts_with(prefix)) {
            return is_loopback_name(host_name(std::string_view(lowered).substr(prefix.size())));
        }
    }
    return false;
}

} // namespace orch::api
