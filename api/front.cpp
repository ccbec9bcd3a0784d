#include "api/front.hpp"

#include "actors/key_access.hpp"
#include "api/openapi/operations.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"
#include "core/ascii.hpp"

#include <fmt/format.h>

namespace orch::api {

namespace {

std::optional<net::response> refusal_of(const net::route_index::match& match,
                                        const std::string& method) {
    using outcome = net::route_index::match::outcome;
    switch (match.kind) {
    case outcome::found: return std::nullopt;
    case outcome::unknown_path: return nothing_here();
    case outcome::malformed: return problem(400, "The path is not well-formed.");
    case outcome::method_not_allowed: break;
    }
    auto refusal = problem(405, "This address does not take the method " + method + ".");
    refusal.headers.emplace_back("Allow", match.allowed_methods);
    return refusal;
}

bool is_change(std::string_view method) noexcept { return method != "GET" && method != "HEAD"; }

cookies cookies_of(const route& route) noexcept {
    return route.is_mcp() ? cookies::ignored : cookies::taken;
}

bool is_open(const context& context, const route& route, const net::path_values& path,
             const model::registry& registry) {
    const auto* project = route.is_mcp() ? registry.find_project(path["project"]) : nullptr;
    if (project == nullptr) {
        return false;
    }
    const auto* server = registry.find_server(project->id, path["server"]);
    return (path["server"].empty() || server != nullptr) &&
           is_open_endpoint(context.options, *project, server);
}

/// Who it is, or the answer that refuses the credential.
boost::system::result<principal, net::response> identify(const context& context, const route& route,
                                                         const net::request& request,
                                                         const net::path_values& path,
                                                         const model::registry& registry) {
    // Whoever brings a key is judged by it, here as everywhere.
    const bool open = request.header("authorization").empty() &&
                      is_open(context, route, path, registry);
    auto who = authenticate(
        request, {registry, context.runtime.logins, context.cookie, context.options, open},
        cookies_of(route));
    if (!who) {
        return challenge(who.error().detail);
    }
    if (who->kind == principal::kind::user && is_change(request.method) &&
        !comes_from_our_pages(request, context.options)) {
        return problem(403, "A change with a cookie must come from a page of this server.");
    }
    return std::move(*who);
}

net::response refusal_of(const decision& decided) {
    return decided.kind == decision::outcome::hidden ? nothing_here()
                                                     : problem(403, decided.reason);
}

/// Fills in what the path and the credential say; answers and returns false when that is no.
bool authorise(const context& context, const route& route, incoming& in) {
    in.registry = context.runtime.registry.load();
    auto who = identify(context, route, in.request, in.path, *in.registry);
    if (!who) {
        in.exchange->respond(std::move(who.error()));
        return false;
    }
    in.who = std::move(*who);
    in.who.address = in.request.client_address;
    const auto& named = in.path["project"];
    if (!named.empty()) {
        in.project = in.registry->find_project(named);
    }
    in.used_as = in.project != nullptr ? in.who.name_in(in.project->id) : in.who.name;
    in.exchange->note_principal(in.used_as);
    if (!named.empty() && in.project == nullptr) {
        in.exchange->respond(nothing_here());
        return false;
    }
    const auto& team = in.path["team"];
    in.team = team.empty() ? nullptr : in.registry->find_team(team);
    const auto decided = decide(in.who, route.needs, in.project, *in.registry, in.team);
    if (!decided.allowed()) {
        in.exchange->respond(refusal_of(decided));
        return false;
    }
    if (!team.empty() && in.team == nullptr) {
        in.exchange->respond(nothing_here());
        return false;
    }
    if (!in.who.key.is_nil()) {
        context.runtime.keys.note_use(in.who.key, in.who.address);
    }
    in.authorised = context.runtime.clock.wall();
    return true;
}

/// A parameter that nobody reads would be believed to have narrowed the answer.
std::optional<net::response> refuse_parameters(const route& route, const net::request& request) {
    const auto* what = request.query.empty() ? nullptr : operation_of(route.run);
    if (what != nullptr) {
        for (const auto& [name, value] : request.query) {
            if (!what->takes(name)) {
                return problem(400, fmt::format("{} is not a parameter of this address", name));
            }
        }
    }
    return std::nullopt;
}

/// A body of another type would be read as JSON all the same, which forms of foreign pages can
/// send.
std::optional<net::response> refuse_body_type(const route& route, const net::request& request) {
    const auto* what = request.body.empty() ? nullptr : operation_of(route.run);
    const auto named = request.header("content-type");
    const auto type = ascii_lowered(trim(named.substr(0, named.find(';')), " \t"));
    if (what == nullptr || what->body == nullptr || type.empty() || type == "application/json") {
        return std::nullopt;
    }
    return problem(415, "The body must be application/json.");
}

} // namespace

front::front(const context& context, std::span<const route> table)
    : context_(context), table_(table) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        index_.add(table[i].method, table[i].pattern, i);
    }
}

void front::handle(net::request&& request, const net::exchange_ptr& exchange) const {
    if (auto refusal = refuse_origin(request)) {
        exchange->respond(std::move(*refusal));
        return;
    }
    auto match = index_.find(request.method, request.path);
    if (auto page = page_for(match, request)) {
        exchange->note_route("page");
        exchange->respond(std::move(*page));
        return;
    }
    if (auto refusal = refusal_of(match, request.method)) {
        exchange->respond(std::move(*refusal));
        return;
    }
    const auto& route = table_[match.target];
    exchange->note_route(route.pattern);
    auto in = std::make_shared<incoming>();
    in->request = std::move(request);
    in->exchange = exchange;
    in->path = std::move(match.values);
    if (route.needs != permission::open) {
        if (context_.runtime.state() != actors::readiness::ready) {
            exchange->respond(problem(503, "Not ready: " + context_.runtime.condition()));
            return;
        }
        if (!authorise(context_, route, *in)) {
            return;
        }
        if (auto refusal = refuse_parameters(route, in->request)) {
            exchange->respond(std::move(*refusal));
            return;
        }
    }
    if (auto refusal = refuse_body_type(route, in->request)) {
        exchange->respond(std::move(*refusal));
        return;
    }
    route.run(context_, in);
}

std::optional<net::response> front::refuse_early(const net::request& request) const {
    if (auto refusal = refuse_origin(request)) {
        return refusal;
    }
    const auto match = index_.find(request.method, request.path);
    if (page_for(match, request)) {
        return std::nullopt;
    }
    if (auto refusal = refusal_of(match, request.method)) {
        return refusal;
    }
    const auto& route = table_[match.target];
    if (route.needs == permission::open) {
        return std::nullopt;
    }
    auto who = identify(context_, route, request, match.values, *context_.runtime.registry.load());
    return who ? std::nullopt : std::optional(std::move(who.error()));
}

std::optional<net::response> front::page_for(const net::route_index::match& match,
                                             const net::request& request) const {
    return match.kind == net::route_index::match::outcome::unknown_path
               ? context_.pages.answer(request)
               : std::nullopt;
}

std::optional<net::response> front::refuse_origin(const net::request& request) const {
    // The unix socket is guarded by its file mode and the peer's account, not by names.
    if (request.peer_uid) {
        return std::nullopt;
    }
    if (!is_allowed_host(request.header("host"), context_.options)) {
        return problem(403, "This Host is not served here.");
    }
    // A second header of that name could hide a foreign page behind one of ours.
    for (const auto& [name, value] : request.headers) {
        if (name == "origin" && !is_allowed_origin(value, context_.options)) {
            return problem(403, "Pages of this Origin may not call.");
        }
    }
    return std::nullopt;
}

const model::server_entry* server_of(const incoming& in) {
    const auto* server = in.project == nullptr
                             ? nullptr
                             : in.registry->find_server(in.project->id, in.path["server"]);
    return server != nullptr && actors::sees(key_of(in), *server) ? server : nullptr;
}

const model::api_key* key_of(const incoming& in) {
    return in.who.key.is_nil() ? nullptr : in.registry->find_key(in.who.key);
}

} // namespace orch::api
