#include "actors/server_import.hpp"

#include "net/same_origin.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace orch::actors {

namespace {

template <class Value>
void overlay(Value& target, const std::optional<Value>& given) {
    if (given) {
        target = *given;
    }
}

auto imported_fields(const model::server_definition& definition) {
    return std::tie(definition.kind, definition.command, definition.args, definition.env,
                    definition.cwd, definition.url, definition.headers, definition.description,
                    definition.call_timeout, definition.enabled);
}

/// Whether an export wrote this in the place of a value that it keeps to itself
/// (`mcp::export_client_config`).
bool is_placeholder(const std::string& name, std::string_view value) {
    return value == fmt::format("${{{}}}", name) ||
           mcp::input_named(value).ends_with(fmt::format("-{}", name));
}

const std::string* value_of(const model::name_value_list& list, const std::string& name) {
    const auto found = std::find_if(list.begin(), list.end(),
                                    [&](const auto& pair) { return pair.first == name; });
    return found != list.end() ? &found->second : nullptr;
}

/// Puts what is stored in the place of placeholders; what is not known here stays one, for whoever
/// knows it.
void fill_placeholders(std::optional<model::name_value_list>& given,
                       const model::name_value_list& stored) {
    if (!given) {
        return;
    }
    for (auto& [name, value] : *given) {
        const auto* known = is_placeholder(name, value) ? value_of(stored, name) : nullptr;
        if (known != nullptr) {
            value = *known;
        }
    }
}

void fill_placeholders(mcp::imported_server& given, const model::server_definition& stored) {
    fill_placeholders(given.env, stored.env);
    if (!given.url || net::have_same_origin(stored.url, *given.url)) {
        fill_placeholders(given.headers, stored.headers);
    }
}

/// The inputs that nothing is stored for.
result<void> check_inputs(std::string_view field, const model::name_value_list& list) {
    for (const auto& [name, value] : list) {
        if (const auto input = mcp::input_named(value); !input.empty()) {
            return error{errc::invalid_argument,
                         mcp::input_needed(fmt::format("{}.{}", field, name), input)};
        }
    }
    return {};
}

result<void> check_whole(const model::server_definition& server, definition_check check) {
    const auto env = check_inputs("env", server.env);
    const auto inputs = env ? check_inputs("headers", server.headers) : env;
    return inputs ? check(server) : inputs;
}

model::server_entry laid_over(model::server_entry entry, const mcp::imported_server& given) {
    auto& definition = entry.definition;
    overlay(definition.kind, given.kind);
    overlay(definition.command, given.command);
    overlay(definition.args, given.args);
    overlay(definition.env, given.env);
    overlay(definition.cwd, given.cwd);
    if (given.url && !net::have_same_origin(definition.url, *given.url)) {
        // They were given for the other place.
        definition.headers.clear();
    }
    overlay(definition.url, given.url);
    overlay(definition.headers, given.headers);
    overlay(definition.description, given.description);
    overlay(definition.call_timeout, given.call_timeout);
    overlay(definition.enabled, given.enabled);
    if (given.original_name != definition.name &&
        std::find(entry.aliases.begin(), entry.aliases.end(), given.original_name) ==
            entry.aliases.end()) {
        entry.aliases.push_back(given.original_name);
    }
    return entry;
}

model::server_entry fresh(const project_id& project, const mcp::imported_server& given,
                          std::chrono::system_clock::time_point now) {
    model::server_entry entry;
    entry.definition.id = server_id::random();
    entry.definition.project = project;
    entry.definition.name = given.name;
    entry.definition.display_name = given.original_name;
    entry.definition.created_at = now;
    return entry;
}

} // namespace

import_plan plan_import(const model::registry& registry, const project_id& project,
                        const std::vector<mcp::imported_server>& imported,
                        std::chrono::system_clock::time_point now, definition_check check) {
    import_plan plan;
    for (auto given : imported) {
        import_outcome outcome{given.name, given.original_name, "failed", given.fault};
        if (given.fault.empty()) {
            const auto* known = registry.find_server(project, given.original_name);
            known = known != nullptr ? known : registry.find_server(project, given.name);
            const auto before = known != nullptr ? *known : fresh(project, given, now);
            fill_placeholders(given, before.definition);
            auto after = laid_over(before, given);
            outcome.name = after.definition.name;
            const bool same = known != nullptr &&
                              imported_fields(before.definition) ==
                                  imported_fields(after.definition) &&
                              before.aliases == after.aliases;
            const auto fine = same ? result<void>{} : check_whole(after.definition, check);
            if (!fine) {
                outcome.error = fine.error().detail;
            } else {
                outcome.outcome = known == nullptr ? "created" : same ? "unchanged" : "updated";
            }
            if (fine && !same) {
                after.definition.updated_at = now;
                plan.changed.push_back(std::move(after));
            }
        }
        plan.report.servers.push_back(std::move(outcome));
    }
    return plan;
}

} // namespace orch::actors
