#include "actors/session_actor.hpp"

#include "actors/list_cursor.hpp"
#include "mcp/item_list.hpp"
#include "mcp/json_cursor.hpp"
#include "mcp/older_content.hpp"
#include "mcp/param_token.hpp"
#include "mcp/task.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <unordered_set>

// The part of the session actor that lists: what the servers have, what of it the client may use,
// and under which names.

namespace orch::actors {

namespace {

constexpr std::string_view unknown_cursor =
    "Unknown cursor: it is of no list of this session as it "
    "is now; begin anew";

/// Resources keep their URIs, by which everything refers to them.
bool is_renamed(model::list_kind kind) noexcept {
    return kind == model::list_kind::tools || kind == model::list_kind::prompts;
}

/// The names as they are; of several servers with the same one the first has it.
std::vector<std::vector<std::string>> first_of_each(std::vector<mcp::server_tools> parts) {
    std::unordered_set<std::string> taken;
    std::vector<std::vector<std::string>> names;
    names.reserve(parts.size());
    for (auto& part : parts) {
        for (auto& name : part.tools) {
            if (!taken.insert(name).second) {
                name.clear();
            }
        }
        names.push_back(std::move(part.tools));
    }
    return names;
}

} // namespace

void session_actor::list_scope(client_message& message, const mcp::list_shape& shape) {
    const auto id = message.parts.id.of(message.body);
    const auto cursor = mcp::param_token(message.body, message.parts, "cursor").of(message.body);
    if (!cursor.empty() && (!mcp::is_string(cursor) || cursor.size() > mcp::token_bytes_max)) {
        answer(message.port, mcp::make_error(id, mcp::code::invalid_params, unknown_cursor));
        return;
    }
    if (!unified() && !may_offer(setup_.row.server, shape.capability)) {
        answer(message.port, mcp::make_error(id, mcp::code::method_not_found,
                                             fmt::format("Method not found: {}: the server has no "
                                                         "{}",
                                                         shape.method, shape.capability)));
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
    running_list list{message.port, std::string(id), shape.kind,
                      home().clock().monotonic() + patience};
    list.cursor = cursor.empty() ? std::string{} : mcp::string_value(cursor);
    const auto number = home().next_number();
    const caf::actor self = caf::actor_cast<caf::actor>(this);
    const auto open = scope();
    for (const auto* server : open.servers()) {
        if (const auto actor = services_.board.actor(server->definition.id)) {
            list.parts.emplace_back(server->definition.id, nullptr);
            told_[server->definition.id] = actor;
            ++list.missing;
            caf::anon_send(actor, list_items{self, number, shape.kind, card_});
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
            list.fault = "The server did not answer with its list in time";
        }
        complete_list(list);
        entry = lists_.erase(entry);
    }
    watch_lists();
}

void session_actor::on_listed(const items_listed& listing) {
    const auto found = lists_.find(listing.number);
    if (found == lists_.end()) {
        // The list went out without these items.
        if (listing.items) {
            on_items_changed({listing.server, listing.kind});
        }
        return;
    }
    auto& list = found->second;
    for (auto& [server, items] : list.parts) {
        if (server == listing.server) {
            items = listing.items;
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
    std::vector<item_set_ptr> sets;
    for (const auto& [id, set] : list.parts) {
        const auto* server = open.registry().find_server(id);
        if (set && server != nullptr) {
            servers.push_back(server);
            sets.push_back(set);
        }
    }
    const auto names = names_in(open.registry(), list.kind, servers, sets);
    std::vector<offered_item> offers;
    for (std::size_t i = 0; i < servers.size(); ++i) {
        for (std::size_t k = 0; k < sets[i]->items.size(); ++k) {
            const auto& item = sets[i]->items[k];
            const bool offered = list.kind != model::list_kind::tools ||
                                 (open.offers(*servers[i], item.name) && can_call(item));
            if (!names[i][k].empty() && offered) {
                offers.push_back({item, names[i][k]});
            }
        }
    }
    answer(list.port, page_of(list, offers));
}

bool session_actor::can_call(const model::listed_item& tool) const {
    return version_ >= mcp::revision::v2025_11_25 || !mcp::needs_task(tool.definition);
}

std::string session_actor::definition_of(const model::listed_item& item, model::list_kind kind,
                                         const std::string& name) const {
    if (!is_renamed(kind)) {
        return item.definition;
    }
    auto definition = mcp::renamed(item, name);
    return kind == model::list_kind::tools ? mcp::older_tool(std::move(definition), version_)
                                           : definition;
}

std::string session_actor::page_of(const running_list& list,
                                   const std::vector<offered_item>& offers) const {
    std::vector<std::string_view> names;
    names.reserve(offers.size());
    for (const auto& offer : offers) {
        names.push_back(offer.name);
    }
    const auto session = setup_.row.id.to_string();
    const list_cursor cursors(list.kind, session, names);
    const auto begin = cursors.begin_of(list.cursor);
    if (!begin) {
        return mcp::make_error(list.id, mcp::code::invalid_params, unknown_cursor);
    }
    const auto end = std::min(*begin + list_cursor::page_items_max, offers.size());
    std::vector<std::string> definitions;
    definitions.reserve(end - *begin);
    for (auto place = *begin; place < end; ++place) {
        definitions.push_back(definition_of(offers[place].item, list.kind, offers[place].name));
    }
    return mcp::make_result(
        list.id, mcp::list_result(mcp::shape_of(list.kind), definitions, cursors.cursor_at(end)));
}

std::vector<std::vector<std::string>>
session_actor::names_in(const model::registry& registry, model::list_kind kind,
                        const std::vector<const model::server_entry*>& servers,
                        const std::vector<item_set_ptr>& sets) const {
    std::vector<mcp::server_tools> parts;
    parts.reserve(servers.size());
    for (std::size_t i = 0; i < servers.size(); ++i) {
        parts.push_back({servers[i]->definition.name, sets[i]->names()});
    }
    if (!unified() || !is_renamed(kind)) {
        return first_of_each(std::move(parts));
    }
    const auto* project = registry.find_project(setup_.row.project);
    return mcp::unified_names(project != nullptr ? project->naming : model::naming_mode::always,
                              parts);
}

session_scope session_actor::scope() const {
    return {services_.registry.load(), setup_.row, setup_.key, setup_.open_endpoint};
}

} // namespace orch::actors
