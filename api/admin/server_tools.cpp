#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/server_types.hpp"
#include "api/server_views.hpp"
#include "api/text_rules.hpp"
#include "api/timestamps.hpp"

#include "mcp/item_list.hpp"
#include "storage/server_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

// Which tools of a server are offered to clients.

namespace orch::api {

namespace {

using actors::registry_change;

constexpr std::size_t switches_max = 2'000;
constexpr std::size_t tool_name_max = 256;

const model::tool_switch* switch_of(const model::server_entry& server, const std::string& tool) {
    const auto found = std::find_if(server.switches.begin(), server.switches.end(),
                                    [&](const auto& known) { return known.tool == tool; });
    return found == server.switches.end() ? nullptr : &*found;
}

bool is_tool_name(const std::string& tool) {
    fault_list faults;
    check_line("tool", tool, {tool_name_max, 1}, faults);
    return faults.empty();
}

/// Stores the switch unless it stands so already; says whether it did.
result<bool> turn(const context& context, const incoming& in, const registry_change& change,
                  const model::server_entry& server, const std::string& tool, bool enabled) {
    const auto* known = switch_of(server, tool);
    if (server.offers(tool) == enabled && (known != nullptr || enabled)) {
        return false;
    }
    if (known == nullptr && server.switches.size() >= switches_max) {
        return error{errc::conflict, "The server has too many switches."};
    }
    storage::save_switch(
        change.transaction, server.definition.id,
        {tool, enabled, known != nullptr ? known->created_at : change.at, change.at});
    record_activity(context, in, change, server.definition.project,
                    model::activity_type::tool_switched,
                    {"tool", fmt::format("{}/{}", server.definition.id.to_string(), tool), tool},
                    change_list{}.flag("is_enabled", server.offers(tool), enabled));
    return true;
}

result<void> check_preferences(const incoming& in,
                               const std::vector<tool_preference_request>& wanted,
                               const model::registry& registry) {
    fault_list faults;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto at = fmt::format("preferences[{}].", i);
        if (registry.find_server(in.project->id, wanted[i].server_id) == nullptr) {
            faults.add(at + "server_id", at + "server_id: no server of the project");
        }
        check_line(at + "tool_name", wanted[i].tool_name, {tool_name_max, 1}, faults);
    }
    return faults.outcome();
}

project_tool_view view_of(const model::listed_item& tool, const model::server_entry& server,
                          const actors::server_view& known) {
    auto words = mcp::words_of(tool);
    return {server.definition.id.to_string(),
            server.definition.name,
            std::string(state_shown(server.definition, known)),
            server.definition.enabled,
            tool.name,
            std::move(words.title),
            std::move(words.description),
            server.offers(tool.name)};
}

} // namespace

void list_server_tools(const context& context, const incoming_ptr& in) {
    const auto* server = server_of(*in);
    if (server == nullptr) {
        in->exchange->respond(nothing_here());
        return;
    }
    const auto known = context.runtime.board.view(server->definition.id);
    std::vector<server_tool_view> views;
    if (known && known->lists.tools()) {
        for (const auto& tool : known->lists.tools()->items) {
            views.push_back({tool.name, server->offers(tool.name), {tool.definition}});
        }
    }
    in->exchange->respond(json_response(to_json(views)));
}

void list_project_tools(const context& context, const incoming_ptr& in) {
    std::vector<project_tool_view> views;
    for (const auto* server : in->registry->servers_of(in->project->id)) {
        const auto known = context.runtime.board.view(server->definition.id);
        if (known && known->lists.tools()) {
            for (const auto& tool : known->lists.tools()->items) {
                views.push_back(view_of(tool, *server, *known));
            }
        }
    }
    in->exchange->respond(json_response(to_json(views)));
}

void list_tool_preferences(const context& /*context*/, const incoming_ptr& in) {
    const auto wanted = in->request.query_value("server_id");
    std::vector<tool_preference_view> views;
    for (const auto* server : in->registry->servers_of(in->project->id)) {
        const auto id = server->definition.id.to_string();
        if (wanted && *wanted != id && *wanted != server->definition.name) {
            continue;
        }
        for (const auto& known : server->switches) {
            views.push_back({id, server->definition.name, known.tool, known.enabled,
                             to_rfc3339(known.created_at), to_rfc3339(known.updated_at)});
        }
    }
    in->exchange->respond(json_response(to_json(views)));
}

void put_tool_preferences(const context& context, const incoming_ptr& in) {
    auto wanted = take_body<tool_preferences_request>(*in);
    if (!wanted) {
        return;
    }
    const auto total = wanted->preferences.size();
    const auto updated = std::make_shared<std::uint64_t>(0);
    answer_after_change(
        context, in,
        [&context, in, updated, wanted = std::move(*wanted)](const registry_change& change) {
            *updated = 0;
            if (auto checked = check_preferences(*in, wanted.preferences, change.registry);
                !checked) {
                return checked;
            }
            for (const auto& one : wanted.preferences) {
                const auto* server = change.registry.find_server(in->project->id, one.server_id);
                const auto turned = turn(context, *in, change, *server, one.tool_name,
                                         one.is_enabled);
                if (!turned) {
                    return result<void>{turned.error()};
                }
                *updated += *turned ? 1 : 0;
            }
            return result<void>{};
        },
        [updated, total](const model::registry& /*registry*/) {
            return json_response(to_json(tool_preferences_answer{
                true, *updated, total, fmt::format("{} of {} were changed.", *updated, total)}));
        });
}

void put_tool_preference(const context& context, const incoming_ptr& in) {
    const auto wanted = take_body<tool_switch_request>(*in);
    if (!wanted) {
        return;
    }
    const auto* server = server_of(*in);
    if (server == nullptr || !is_tool_name(in->path["tool"])) {
        in->exchange->respond(nothing_here());
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, enabled = wanted->is_enabled,
         id = server->definition.id](const registry_change& change) {
            const auto* now = change.registry.find_server(id);
            if (now == nullptr) {
                return result<void>{error{errc::not_found, "There is no such server."}};
            }
            const auto turned = turn(context, *in, change, *now, in->path["tool"], enabled);
            return turned ? result<void>{} : result<void>{turned.error()};
        },
        [enabled = wanted->is_enabled](const model::registry& /*registry*/) {
            return json_response(to_json(
                message_view{enabled ? "The tool is offered." : "The tool is not offered."}));
        });
}

void delete_tool_preference(const context& context, const incoming_ptr& in) {
    const auto* server = server_of(*in);
    if (server == nullptr) {
        in->exchange->respond(nothing_here());
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, id = server->definition.id](const registry_change& change) {
            const auto* now = change.registry.find_server(id);
            const std::string tool = in->path["tool"];
            if (now == nullptr || switch_of(*now, tool) == nullptr) {
                return result<void>{error{errc::not_found, "The tool has no switch."}};
            }
            if (!now->offers(tool)) {
                const auto turned = turn(context, *in, change, *now, tool, true);
                if (!turned) {
                    return result<void>{turned.error()};
                }
            }
            storage::delete_switch(change.transaction, id, tool);
            return result<void>{};
        },
        [](const model::registry& /*registry*/) {
            return json_response(to_json(message_view{"The tool is offered, as by default."}));
        });
}

} // namespace orch::api
