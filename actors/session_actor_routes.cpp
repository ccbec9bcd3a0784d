#include "actors/session_actor.hpp"
#include "mcp/tool_name.hpp"
#include "mcp/uri_template.hpp"

#include <fmt/format.h>

#include <algorithm>

// The part of the session actor that finds the server and the item which a name or a URI means.

namespace orch::actors {

namespace {

using model::list_kind;

bool lists_uri(const server_view& view, const std::string& uri) {
    const auto& set = view.lists.of(list_kind::resources);
    return set && set->find(uri) != nullptr;
}

bool has_template_for(const server_view& view, const std::string& uri) {
    const auto& set = view.lists.of(list_kind::resource_templates);
    return set && std::any_of(set->items.begin(), set->items.end(), [&](const auto& item) {
               return item.name == uri || mcp::matches_template(item.name, uri);
           });
}

/// `a:` of `a://b`; empty for what is no URI.
std::string_view scheme_of(std::string_view uri) noexcept {
    const auto colon = uri.find(':');
    return colon == std::string_view::npos ? std::string_view{} : uri.substr(0, colon + 1);
}

bool lists_scheme(const server_view& view, std::string_view scheme) {
    const auto has = [&](list_kind kind) {
        const auto& set = view.lists.of(kind);
        return set && std::any_of(set->items.begin(), set->items.end(),
                                  [&](const auto& item) { return scheme_of(item.name) == scheme; });
    };
    return has(list_kind::resources) || has(list_kind::resource_templates);
}

bool may_have_resources(const server_view& view) {
    return !view.introduction ||
           mcp::read_server_capabilities(view.introduction->capabilities).resources;
}

/// The server that was added, if it was one.
class only_one {
public:
    void add(const model::server_entry* server) noexcept {
        server_ = count_++ == 0 ? server : nullptr;
    }
    [[nodiscard]] const model::server_entry* get() const noexcept { return server_; }

private:
    const model::server_entry* server_ = nullptr;
    std::size_t count_ = 0;
};

} // namespace

session_actor::target session_actor::with_actor(target goal) const {
    if (goal.server != nullptr) {
        goal.actor = services_.board.actor(goal.server->definition.id);
    }
    return goal.actor ? goal : target{};
}

session_actor::target session_actor::route(const session_scope& scope, list_kind kind,
                                           const std::string& name) {
    return with_actor(find_target(scope, kind, name));
}

session_actor::target session_actor::find_target(const session_scope& scope, list_kind kind,
                                                 const std::string& name) {
    if (!unified()) {
        return {scope.only_server(), nullptr, name, {}};
    }
    if (names_of_ != scope.snapshot()) {
        names_.clear();
        for (const auto* server : scope.servers()) {
            names_.push_back(server->definition.name);
        }
        names_of_ = scope.snapshot();
    }
    const auto routed = mcp::route_tool_name(name, names_);
    if (!routed) {
        return find_bare(scope, kind, name);
    }
    const std::string rest(routed->tool);
    const auto* server = scope.registry().find_server(setup_.row.project, routed->server);
    return {server, nullptr, rest, fmt::format("{}__{}", routed->server, rest)};
}

session_actor::target session_actor::find_bare(const session_scope& scope, list_kind kind,
                                               const std::string& name) const {
    const auto* project = scope.registry().find_project(setup_.row.project);
    if (project == nullptr || project->naming == model::naming_mode::always) {
        return {};
    }
    const auto servers = scope.servers();
    const auto found = mcp::find_bare_name(project->naming, known_names(kind, servers), name);
    return found ? target{servers[found->first], nullptr, found->second, {}} : target{};
}

session_actor::target session_actor::route_uri(const session_scope& scope,
                                               const std::string& uri) const {
    if (!unified()) {
        return with_actor({scope.only_server(), nullptr, uri, {}});
    }
    const model::server_entry* by_template = nullptr;
    only_one by_scheme;
    only_one by_capability;
    for (const auto* server : scope.servers()) {
        const auto view = services_.board.view(server->definition.id).value_or(server_view{});
        if (lists_uri(view, uri)) {
            return with_actor({server, nullptr, uri, {}});
        }
        if (by_template == nullptr && has_template_for(view, uri)) {
            by_template = server;
        }
        if (lists_scheme(view, scheme_of(uri))) {
            by_scheme.add(server);
        }
        if (may_have_resources(view)) {
            by_capability.add(server);
        }
    }
    const auto* owner = by_template != nullptr       ? by_template
                        : by_scheme.get() != nullptr ? by_scheme.get()
                                                     : by_capability.get();
    return with_actor({owner, nullptr, uri, {}});
}

std::vector<mcp::server_tools>
session_actor::known_names(list_kind kind,
                           const std::vector<const model::server_entry*>& servers) const {
    std::vector<mcp::server_tools> parts;
    parts.reserve(servers.size());
    for (const auto* server : servers) {
        const auto view = services_.board.view(server->definition.id);
        const auto set = view ? view->lists.of(kind) : nullptr;
        parts.push_back({server->definition.name, set ? set->names() : std::vector<std::string>{}});
    }
    return parts;
}

} // namespace orch::actors
