#include "actors/session_actor.hpp"

#include "mcp/param_token.hpp"
#include "mcp/tool_list.hpp"

#include <caf/send.hpp>

#include <algorithm>

// The part of the session actor that lists tools: what the servers have, what of it the client may
// use, and under which names.

namespace orch::actors {

void session_actor::list_tools_of_scope(client_message& message) {
    const auto id = message.parts.id.of(message.body);
    if (mcp::param_token(message.body, message.parts, "cursor").present()) {
        answer(message.port, mcp::make_error(id, mcp::code::invalid_params,
                                             "Unknown cursor: the list has one page"));
        return;
    }
    const auto& options = services_.options;
    if (lists_.size() >= options.session_lists_max) {
        answer(message.port, mcp::make_error(id, mcp::code::internal_error,
                                             "Too many open requests in this session"));
        return;
    }
    const auto patience = unified() ? options.list_patience
                                    : options.handshake_timeout + options.list_patience;
    running_list list{message.port, std::string(id), home().clock().monotonic() + patience};
    const auto number = home().next_number();
    const caf::actor self = caf::actor_cast<caf::actor>(this);
    const auto open = scope();
    for (const auto* server : open.servers()) {
        if (const auto actor = services_.board.actor(server->definition.id)) {
            list.parts.emplace_back(server->definition.id, nullptr);
            ++list.missing;
            caf::anon_send(actor, list_tools{self, number});
        }
    }
    if (list.missing == 0) {
        complete_list(list);
        return;
    }
    lists_.emplace(number, std::move(list));
    watch_lists();
}

void session_actor::watch_lists() {
    if (lists_.empty() || lists_watched_) {
        return;
    }
    const auto first = std::min_element(lists_.begin(), lists_.end(),
                                        [](const auto& left, const auto& right) {
                                            return left.second.deadline < right.second.deadline;
                                        });
    const auto wait = first->second.deadline - home().clock().monotonic();
    // The message keeps a session that has ended, so it is not sent for longer than that.
    lists_watched_ = true;
    delayed_send(this, std::min<monotonic_time::duration>(wait, services_.options.list_patience),
                 finish_lists{});
}

void session_actor::on_lists_late(const finish_lists& /*late*/) {
    lists_watched_ = false;
    const auto now = home().clock().monotonic();
    for (auto entry = lists_.begin(); entry != lists_.end();) {
        auto& list = entry->second;
        if (now < list.deadline) {
            ++entry;
            continue;
        }
        if (list.fault.empty()) {
            list.fault = "The server did not list its tools in time";
        }
        complete_list(list);
        entry = lists_.erase(entry);
    }
    watch_lists();
}

void session_actor::on_listed(const tools_listed& listing) {
    const auto found = lists_.find(listing.number);
    if (found == lists_.end()) {
        // The list went out without these tools.
        if (listing.tools) {
            on_tools_changed();
        }
        return;
    }
    auto& list = found->second;
    for (auto& [server, tools] : list.parts) {
        if (server == listing.server) {
            tools = listing.tools;
        }
    }
    if (!listing.fault.empty()) {
        list.fault = listing.fault;
    }
    if (--list.missing == 0) {
        complete_list(list);
        lists_.erase(found);
    }
}

void session_actor::complete_list(running_list& list) {
    // On a server's own endpoint its failure is the answer; the unified list goes on without it.
    if (!unified() && !list.fault.empty()) {
        answer(list.port, mcp::make_error(list.id, mcp::code::internal_error, list.fault));
        return;
    }
    const auto open = scope();
    std::vector<const model::server_entry*> servers;
    std::vector<tool_set_ptr> sets;
    for (const auto& [id, set] : list.parts) {
        const auto* server = open.registry().find_server(id);
        if (set && server != nullptr) {
            servers.push_back(server);
            sets.push_back(set);
        }
    }
    const auto names = names_in(open.registry(), servers, sets);
    std::vector<mcp::listed_tool> tools;
    for (std::size_t i = 0; i < servers.size(); ++i) {
        for (std::size_t k = 0; k < sets[i]->tools.size(); ++k) {
            const auto& tool = sets[i]->tools[k];
            if (!names[i][k].empty() && open.offers(*servers[i], tool.name)) {
                tools.push_back(mcp::with_name(tool, names[i][k]));
            }
        }
    }
    answer(list.port, mcp::make_result(list.id, mcp::tools_result(tools)));
}

std::vector<std::vector<std::string>>
session_actor::names_in(const model::registry& registry,
                        const std::vector<const model::server_entry*>& servers,
                        const std::vector<tool_set_ptr>& sets) const {
    std::vector<mcp::server_tools> parts;
    parts.reserve(servers.size());
    for (std::size_t i = 0; i < servers.size(); ++i) {
        parts.push_back({servers[i]->definition.name, sets[i]->names()});
    }
    if (!unified()) {
        std::vector<std::vector<std::string>> bare;
        bare.reserve(parts.size());
        for (auto& part : parts) {
            bare.push_back(std::move(part.tools));
        }
        return bare;
    }
    const auto* project = registry.find_project(setup_.row.project);
    return mcp::unified_names(project != nullptr ? project->naming : model::naming_mode::always,
                              parts);
}

session_scope session_actor::scope() const {
    return {services_.registry.load(), setup_.row, setup_.key, setup_.open_endpoint};
}

} // namespace orch::actors
