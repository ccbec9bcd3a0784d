#include "api/migration/planner.hpp"
#include "mcp/tool_name.hpp"

#include <boost/json/parse.hpp>

#include <fmt/format.h>

#include <algorithm>

// Servers with their arguments and variables, and which of their tools are offered.

namespace orch::api::migration {

namespace {

namespace json = boost::json;

constexpr auto servers = "mcp_servers";
constexpr auto preferences = "tool_preferences";
constexpr std::int64_t timeout_default = 60;
constexpr std::int64_t timeout_max = 300;
constexpr std::size_t name_max = 40;

std::string text_of(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::vector<std::string> arguments_of(const json::value& given) {
    std::vector<std::string> arguments;
    if (given.is_array()) {
        for (const auto& one : given.get_array()) {
            arguments.push_back(text_of(one));
        }
    }
    return arguments;
}

model::name_value_list variables_of(const json::value& given) {
    model::name_value_list variables;
    if (given.is_object()) {
        for (const auto& [name, value] : given.get_object()) {
            variables.emplace_back(name, text_of(value));
        }
    }
    return variables;
}

} // namespace

void planner::take_servers() {
    for (const auto& server : present_.servers()) {
        auto& names = server_names_[server.definition.project.value];
        names.insert(server.definition.name);
        names.insert(server.aliases.begin(), server.aliases.end());
    }
    each(servers, [this](const original_row& row) { return take_server(row); });
}

void planner::name_server(const original_row& row, model::server_entry& entry) {
    auto& server = entry.definition;
    auto& taken = server_names_[server.project.value];
    const auto given = row.text("name");
    const auto base = mcp::derive_server_name(given);
    server.name = base;
    for (int number = 2; taken.contains(server.name); ++number) {
        const auto suffix = fmt::format("_{}", number);
        server.name = base.substr(0, name_max - suffix.size()) + suffix;
    }
    const bool is_free = taken.insert(server.name).second && !taken.contains(given);
    if (server.name != given) {
        note(servers, row, fmt::format("'{}' is called '{}' here", given, server.name));
        if (is_free && !given.empty()) {
            taken.insert(given);
            entry.aliases.push_back(given);
        }
    }
}

std::optional<json::value> planner::unsealed(const original_row& row, const char* sealed,
                                             const char* clear) {
    const auto token = row.text(sealed);
    if (token.empty()) {
        return row.json(clear);
    }
    if (!key_) {
        note(servers, row, fmt::format("{} is encrypted and no Fernet key was given", clear));
        return std::nullopt;
    }
    const auto opened = key_->open(token);
    if (!opened) {
        note(servers, row, fmt::format("{}: {}", clear, opened.error().detail));
        return std::nullopt;
    }
    boost::system::error_code failure;
    auto value = json::parse(*opened, failure);
    if (failure) {
        note(servers, row, fmt::format("{} is encrypted, but holds no JSON", clear));
        return std::nullopt;
    }
    return value;
}

bool planner::fill_secrets(const original_row& row, model::server_definition& server) {
    const auto arguments = unsealed(row, "_args_encrypted", "args");
    const auto variables = unsealed(row, "_env_encrypted", "env");
    server.args = arguments_of(arguments.value_or(nullptr));
    server.env = variables_of(variables.value_or(nullptr));
    return arguments && variables;
}

planner::fate planner::take_server(const original_row& row) {
    const auto id = row.id();
    const auto project = project_of(row);
    if (id.is_nil() || project.is_nil()) {
        return leave_out(servers, row, "its project does not come");
    }
    if (present_.find_server(server_id{id}) != nullptr) {
        return fate::already_here;
    }
    model::server_entry made;
    auto& server = made.definition;
    server.id = server_id{id};
    server.project = project;
    name_server(row, made);
    server.display_name = row.text("display_name");
    server.description = row.text("description");
    // Whatever it says of the transport: that system only ever ran commands.
    server.command = row.text("command");
    server.cwd = row.text("cwd");
    server.call_timeout = std::chrono::seconds(
        std::clamp<std::int64_t>(row.number("timeout", timeout_default), 1, timeout_max));
    server.enabled = row.flag("is_enabled", true);
    server.auth_required = row.flag("jwt_auth_required");
    server.created_by = user_of(row, "created_by_id");
    server.created_at = when(row, "created_at");
    server.updated_at = when(row, "updated_at");
    if (!fill_secrets(row, server)) {
        server.enabled = false;
        note(servers, row, "it comes without them and is switched off");
    }
    if (server.command.empty()) {
        server.enabled = false;
        note(servers, row, "it has no command and is switched off");
    }
    servers_[id] = plan_.servers.size();
    plan_.servers.push_back(std::move(made));
    return fate::added;
}

void planner::take_tool_preferences() {
    each(preferences, [this](const original_row& row) { return take_tool_preference(row); });
}

planner::fate planner::take_tool_preference(const original_row& row) {
    const auto server = row.id("server_id");
    const auto tool = row.text("tool_name");
    if (present_.find_server(server_id{server}) != nullptr) {
        return fate::already_here;
    }
    const auto found = servers_.find(server);
    if (found == servers_.end() || tool.empty()) {
        return leave_out(preferences, row, "its server does not come");
    }
    auto& switches = plan_.servers[found->second].switches;
    if (std::any_of(switches.begin(), switches.end(),
                    [&](const auto& one) { return one.tool == tool; })) {
        return leave_out(preferences, row, "it is there twice");
    }
    switches.push_back(
        {tool, row.flag("is_enabled", true), when(row, "created_at"), when(row, "updated_at")});
    return fate::added;
}

} // namespace orch::api::migration
