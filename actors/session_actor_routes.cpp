#include "actors/session_actor.hpp"
#include "mcp/tool_name.hpp"

#include <fmt/format.h>

// The part of the session actor that finds the server and the tool which a name means.

namespace orch::actors {

session_actor::target session_actor::route(const session_scope& scope, const std::string& tool) {
    auto goal = find_target(scope, tool);
    if (goal.server != nullptr) {
        goal.actor = services_.board.actor(goal.server->definition.id);
    }
    return goal.actor ? goal : target{};
}

session_actor::target session_actor::find_target(const session_scope& scope,
                                                 const std::string& tool) {
    if (!unified()) {
        return {scope.only_server(), nullptr, tool, {}};
    }
    if (names_of_ != scope.snapshot()) {
        names_.clear();
        for (const auto* server : scope.servers()) {
            names_.push_back(server->definition.name);
        }
        names_of_ = scope.snapshot();
    }
    const auto routed = mcp::route_tool_name(tool, names_);
    if (!routed) {
        return find_bare(scope, tool);
    }
    const std::string rest(routed->tool);
    const auto* server = scope.registry().find_server(setup_.row.project, routed->server);
    return {server, nullptr, rest, fmt::format("{}__{}", routed->server, rest)};
}

session_actor::target session_actor::find_bare(const session_scope& scope,
                                               const std::string& tool) const {
    const auto* project = scope.registry().find_project(setup_.row.project);
    if (project == nullptr || project->naming == model::naming_mode::always) {
        return {};
    }
    const auto servers = scope.servers();
    const auto found = mcp::find_bare_name(project->naming, known_tools(servers), tool);
    return found ? target{servers[found->first], nullptr, found->second, {}} : target{};
}

std::vector<mcp::server_tools>
session_actor::known_tools(const std::vector<const model::server_entry*>& servers) const {
    std::vector<mcp::server_tools> parts;
    parts.reserve(servers.size());
    for (const auto* server : servers) {
        const auto view = services_.board.view(server->definition.id);
        parts.push_back({server->definition.name,
                         view && view->tools ? view->tools->names() : std::vector<std::string>{}});
    }
    return parts;
}

} // namespace orch::actors
