#include "actors/key_access.hpp"
#include "api/admin/handlers.hpp"
#include "api/problem.hpp"
#include "api/project_types.hpp"
#include "mcp/tool_name.hpp"

#include <array>

namespace orch::api {

namespace {

constexpr std::array explained{
    permission::read_project,  permission::use_endpoints, permission::call_tools,
    permission::read_log,      permission::check_servers, permission::write_servers,
    permission::read_keys,     permission::write_keys,    permission::write_members,
    permission::write_project, permission::delete_project};

std::optional<principal> principal_of(std::string_view name, const model::registry& registry) {
    if (name == "local-admin") {
        return principal{principal::kind::local_admin, {}, {}, std::string(name)};
    }
    const auto colon = name.find(':');
    const auto kind = name.substr(0, colon);
    const auto id = colon == std::string_view::npos ? std::nullopt
                                                    : uuid::parse(name.substr(colon + 1));
    if (!id) {
        return std::nullopt;
    }
    if (kind == "user") {
        return principal{principal::kind::user, {}, {*id}, std::string(name)};
    }
    if (kind == "public") {
        return principal{};
    }
    for (const auto& key : registry.keys()) {
        if (kind == "key" && key.id.value == *id) {
            return principal{
                principal::kind::project_key, key.project, {}, std::string(name), {}, key.id};
        }
    }
    return std::nullopt;
}

std::string_view name_of(decision::outcome kind) noexcept {
    switch (kind) {
    case decision::outcome::allowed: return "allowed";
    case decision::outcome::hidden: return "hidden";
    case decision::outcome::forbidden: return "forbidden";
    }
    return "forbidden";
}

/// What refuses a key before anything is asked about: authentication, as opposed to the policy.
std::string invalid_because(const principal& who, const context& context, const incoming& in) {
    const auto* key = who.kind == principal::kind::project_key ? in.registry->find_key(who.key)
                                                               : nullptr;
    return key != nullptr ? actors::invalidity(*key, context.runtime.clock.wall()) : "";
}

/// The server and tool that the query means: `server` and `tool`, or `tool` as it is named on the
/// unified endpoint.
struct tool_question {
    std::string server;
    std::string tool;
};

tool_question question_of(const incoming& in) {
    tool_question asked{std::string(in.request.query_value("server").value_or("")),
                        std::string(in.request.query_value("tool").value_or(""))};
    if (asked.server.empty()) {
        std::vector<std::string> servers;
        for (const auto* server : in.registry->servers_of(in.project->id)) {
            servers.push_back(server->definition.name);
        }
        if (const auto routed = mcp::route_tool_name(asked.tool, servers)) {
            asked = {std::string(routed->server), std::string(routed->tool)};
        }
    }
    return asked;
}

/// Why nobody, or not this key, may call the tool; empty when it may be called.
std::string tool_closed_because(const principal& who, const model::server_entry* server,
                                const std::string& tool, const context& context,
                                const model::registry& registry) {
    if (server == nullptr) {
        return "There is no such server: give server=, or the tool's name on the unified endpoint.";
    }
    if (!server->definition.enabled) {
        return "The server is disabled.";
    }
    const auto known = context.runtime.board.view(server->definition.id);
    if (known && known->lists.tools() && known->lists.tools()->find(tool) == nullptr) {
        return "The server does not list such a tool.";
    }
    if (!server->offers(tool)) {
        return "The tool is switched off.";
    }
    const auto* key = registry.find_key(who.key);
    if (!actors::sees(key, *server)) {
        return "The server is not in the scope of the key.";
    }
    return actors::offers(key, *server, tool) ? "" : "The tool is not in the scope of the key.";
}

decision decide_for_tool(const principal& who, const std::string& invalid,
                         const tool_question& asked, const context& context, const incoming& in) {
    const auto* server = in.registry->find_server(in.project->id, asked.server);
    auto decided = decide(who, permission::call_tools, in.project, *in.registry);
    if (!decided.allowed()) {
        return decided;
    }
    const bool asks = server != nullptr && who.kind == principal::kind::everybody &&
                      server->definition.auth_required.value_or(in.project->auth_required);
    if (asks) {
        return {decision::outcome::forbidden, "This takes a credential."};
    }
    if (!invalid.empty()) {
        return {decision::outcome::forbidden, invalid};
    }
    if (auto why = tool_closed_because(who, server, asked.tool, context, *in.registry);
        !why.empty()) {
        return {decision::outcome::hidden, std::move(why)};
    }
    return decided;
}

} // namespace

void explain(const context& context, const incoming_ptr& in) {
    const auto who = principal_of(in->request.query_value("principal").value_or(""), *in->registry);
    if (!who) {
        in->exchange->respond(
            problem(400, "principal: user:<id>, key:<id>, public:<project> or local-admin"));
        return;
    }
    const auto invalid = invalid_because(*who, context, *in);
    explanation_view view{who->name_in(in->project->id), {}, {}};
    for (const auto wanted : explained) {
        auto decided = decide(*who, wanted, in->project, *in->registry);
        if (decided.allowed() && !invalid.empty()) {
            decided = {decision::outcome::forbidden, invalid};
        }
        view.permissions.push_back(
            {std::string(to_string(wanted)), std::string(name_of(decided.kind)), decided.reason});
    }
    if (in->request.query_value("tool")) {
        const auto question = question_of(*in);
        const auto decided = decide_for_tool(*who, invalid, question, context, *in);
        view.tool = {question.server, question.tool, std::string(name_of(decided.kind)),
                     decided.reason};
    }
    in->exchange->respond(json_response(to_json(view)));
}

} // namespace orch::api
