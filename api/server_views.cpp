#include "api/server_views.hpp"

#include "api/timestamps.hpp"

#include <algorithm>

namespace orch::api {

namespace {

std::vector<std::string> names_of(const model::name_value_list& pairs) {
    std::vector<std::string> names;
    for (const auto& [name, value] : pairs) {
        names.push_back(name);
    }
    return names;
}

/// Names that have another value than before.
std::vector<std::string> changed_names(const model::name_value_list& from,
                                       const model::name_value_list& to) {
    std::vector<std::string> names;
    for (const auto& [name, value] : to) {
        const auto before = std::find_if(from.begin(), from.end(),
                                         [&](const auto& pair) { return pair.first == name; });
        if (before != from.end() && before->second != value) {
            names.push_back(name);
        }
    }
    return names;
}

std::string in_words(const std::optional<bool>& value) {
    return value ? (*value ? "true" : "false") : "null";
}

/// Without what stands before the host and after the path, where tokens are put.
std::string without_secrets(const std::string& url) {
    const auto bare = url.substr(0, url.find_first_of("?#"));
    const auto scheme = bare.find("://");
    const auto host = scheme == std::string::npos ? 0 : scheme + 3;
    const auto at = bare.substr(host, bare.find('/', host) - host).rfind('@');
    return at == std::string::npos ? bare : bare.substr(0, host) + bare.substr(host + at + 1);
}

} // namespace

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

std::string_view state_shown(const model::server_definition& server,
                             const actors::server_view& known) {
    return model::to_string(server.enabled ? known.status.state : model::server_state::disabled);
}

process_view process_of(const actors::server_view& known) {
    const auto& status = known.status;
    return {known.pid,
            known.starts,
            known.restarts,
            to_rfc3339(known.started_at),
            known.processes,
            known.waiting,
            status.probed_launch.empty() ? std::nullopt : std::optional(status.needs_client)};
}

std::optional<server_info_view> info_of(const actors::server_view& known) {
    if (known.protocol_version.empty()) {
        return std::nullopt;
    }
    return server_info_view{known.server_name, known.server_version, known.protocol_version};
}

server_log_view view_of(const model::server_log_entry& entry) {
    return {entry.id.to_string(), std::string(model::to_string(entry.level)),
            std::string(model::to_string(entry.category)), entry.message,
            to_rfc3339(entry.id.timestamp())};
}

std::vector<raw_json> definitions_of(const actors::item_set_ptr& tools) {
    std::vector<raw_json> definitions;
    if (tools) {
        for (const auto& tool : tools->items) {
            definitions.push_back({tool.definition});
        }
    }
    return definitions;
}

server_view view_of(const model::server_entry& entry, const model::registry& registry,
                    const context& context) {
    const auto& definition = entry.definition;
    const auto known = context.runtime.board.view(definition.id).value_or(actors::server_view{});
    const auto* project = registry.find_project(definition.project);
    server_view view;
    view.id = definition.id.to_string();
    view.project_id = definition.project.to_string();
    view.name = definition.name;
    view.display_name = definition.display_name;
    view.description = definition.description;
    view.transport_type = model::to_string(definition.kind);
    view.command = definition.command;
    view.args = definition.args;
    view.env_names = names_of(definition.env);
    view.cwd = definition.cwd;
    view.url = definition.url;
    view.header_names = names_of(definition.headers);
    view.timeout = std::chrono::duration<double>(definition.call_timeout).count();
    view.is_enabled = definition.enabled;
    view.jwt_auth_required = definition.auth_required;
    view.auth_required = definition.auth_required.value_or(project == nullptr ||
                                                           project->auth_required);
    view.process_policy = model::to_string(definition.policy);
    view.aliases = entry.aliases;
    view.status = state_shown(definition, known);
    view.tools_count = known.status.tools_count;
    view.last_error = unless_empty(known.status.last_error);
    view.last_checked = to_rfc3339(known.status.last_checked);
    view.last_connected = to_rfc3339(known.status.last_connected);
    view.last_used_at = to_rfc3339(known.status.last_used);
    view.process = process_of(known);
    view.created_at = to_rfc3339(definition.created_at);
    view.updated_at = to_rfc3339(definition.updated_at);
    return view;
}

activity_target target_of(const model::server_entry& server) {
    return {"server", server.definition.id.to_string(), server.definition.name};
}

change_list changes_between(const model::server_entry& from, const model::server_entry& to) {
    const auto& before = from.definition;
    const auto& after = to.definition;
    change_list changes;
    changes.text("name", before.name, after.name)
        .text("display_name", before.display_name, after.display_name)
        .text("description", before.description, after.description)
        .text("transport_type", model::to_string(before.kind), model::to_string(after.kind))
        .text("command", before.command, after.command)
        .number("args", static_cast<std::int64_t>(before.args.size()),
                static_cast<std::int64_t>(after.args.size()))
        .flag("args_changed", false, before.args != after.args)
        .json("env_names", to_json(names_of(before.env)), to_json(names_of(after.env)))
        .json("env_changed", "[]", to_json(changed_names(before.env, after.env)))
        .text("cwd", before.cwd, after.cwd)
        .text("url", without_secrets(before.url), without_secrets(after.url))
        .flag("url_changed", false, before.url != after.url)
        .json("header_names", to_json(names_of(before.headers)), to_json(names_of(after.headers)))
        .json("headers_changed", "[]", to_json(changed_names(before.headers, after.headers)))
        .number("timeout_ms", before.call_timeout.count(), after.call_timeout.count())
        .flag("is_enabled", before.enabled, after.enabled)
        .json("jwt_auth_required", in_words(before.auth_required), in_words(after.auth_required))
        .text("process_policy", model::to_string(before.policy), model::to_string(after.policy));
    return changes;
}

} // namespace orch::api
