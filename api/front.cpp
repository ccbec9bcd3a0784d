#include "api/front.hpp"

#include "api/problem.hpp"
#include "api/routes.hpp"

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

/// Fills in what the path and the credential say; answers and returns false when that is no.
bool authorise(const context& context, const route& route, incoming& in) {
    in.registry = context.runtime.registry.load();
    auto who = authenticate(in.request, *in.registry, context.options, in.request.received_at);
    if (!who) {
        in.exchange->respond(challenge(who.error().detail));
        return false;
    }
    in.who = std::move(*who);
    const auto& named = in.path["project"];
    if (!named.empty()) {
        in.project = in.registry->find_project(named);
        if (in.project == nullptr || !in.who.may_see(in.project->id)) {
            in.exchange->respond(nothing_here());
            return false;
        }
    }
    in.exchange->note_principal(in.project != nullptr ? in.who.name_in(in.project->id)
                                                      : in.who.name);
    if (route.policy == access::admin && in.who.kind != principal::kind::local_admin) {
        in.exchange->respond(problem(403, "Only the administrator may do this."));
        return false;
    }
    in.authorised = context.runtime.clock.wall();
    return true;
}

} // namespace

front::front(const context& context) : context_(context) {
    const auto table = routes();
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
    if (auto refusal = refusal_of(match, request.method)) {
        exchange->respond(std::move(*refusal));
        return;
    }
    const auto& route = routes()[match.target];
    exchange->note_route(route.pattern);
    auto in = std::make_shared<incoming>();
    in->request = std::move(request);
    in->exchange = exchange;
    in->path = std::move(match.values);
    if (route.policy != access::open) {
        if (context_.runtime.state() != actors::readiness::ready) {
            exchange->respond(problem(503, "Not ready: " + context_.runtime.condition()));
            return;
        }
        if (!authorise(context_, route, *in)) {
            return;
        }
    }
    route.run(context_, in);
}

std::optional<net::response> front::refuse_early(const net::request& request) const {
    if (auto refusal = refuse_origin(request)) {
        return refusal;
    }
    const auto match = index_.find(request.method, request.path);
    if (auto refusal = refusal_of(match, request.method)) {
        return refusal;
    }
    if (routes()[match.target].policy == access::open) {
        return std::nullopt;
    }
    const auto who = authenticate(request, *context_.runtime.registry.load(), context_.options,
                                  request.received_at);
    return who ? std::nullopt : std::optional(challenge(who.error().detail));
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
    return in.project == nullptr ? nullptr
                                 : in.registry->find_server(in.project->id, in.path["server"]);
}

} // namespace orch::api
