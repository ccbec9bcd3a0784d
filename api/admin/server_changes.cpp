#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/server_rules.hpp"
#include "api/server_views.hpp"

#include "actors/bridge/ask.hpp"
#include "storage/server_store.hpp"

// Servers are made, changed and taken away.

namespace orch::api {

namespace {

using actors::registry_change;

error gone() { return {errc::not_found, "There is no such server."}; }

/// The server that the path names, in the registry of the change.
const model::server_entry* server_in(const incoming& in, std::string_view named,
                                     const model::registry& registry) {
    return registry.find_server(in.project->id, named);
}

net::response shown(const context& context, const model::registry& registry, const server_id& id,
                    int status) {
    const auto* server = registry.find_server(id);
    return server != nullptr ? json_response(to_json(view_of(*server, registry, context)), status)
                             : problem(gone());
}

/// Checks and stores `after`, and writes down what was done.
result<void> store(const context& context, const incoming& in, const registry_change& change,
                   const model::server_entry& after, const model::server_entry* before,
                   model::activity_type type) {
    const auto* definition = before != nullptr ? &before->definition : nullptr;
    for (const auto& checked :
         {check_may_define(context, in, after.definition, definition),
          check_may_open(context, after.definition), check_name_is_free(after, change.registry)}) {
        if (!checked) {
            return checked;
        }
    }
    change.save_servers({after});
    record_activity(context, in, change, in.project->id, type, target_of(after),
                    before != nullptr ? changes_between(*before, after) : change_list{});
    return {};
}

/// Changes the server that `named` names with `alter`, and answers with what it is then.
void change_server(
    const context& context, const incoming_ptr& in, model::activity_type type,
    std::function<result<void>(model::server_entry&)> alter,
    std::function<net::response(const model::server_entry&, const model::registry&)> print) {
    const auto* now = server_of(*in);
    if (now == nullptr) {
        in->exchange->respond(nothing_here());
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, type, alter = std::move(alter),
         id = now->definition.id](const registry_change& change) {
            const auto* before = change.registry.find_server(id);
            if (before == nullptr) {
                return result<void>{gone()};
            }
            auto after = *before;
            if (auto altered = alter(after); !altered) {
                return altered;
            }
            if (changes_between(*before, after).empty()) {
                return result<void>{};
            }
            after.definition.updated_at = change.at;
            return store(context, *in, change, after, before, type);
        },
        [print = std::move(print), id = now->definition.id](const model::registry& registry) {
            const auto* server = registry.find_server(id);
            return server != nullptr ? print(*server, registry) : problem(gone());
        });
}

void remove(const context& context, const incoming_ptr& in, const std::string& named) {
    if (server_in(*in, named, *in->registry) == nullptr) {
        in->exchange->respond(nothing_here());
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, named](const registry_change& change) {
            const auto* server = server_in(*in, named, change.registry);
            if (server == nullptr) {
                return result<void>{gone()};
            }
            record_activity(context, *in, change, in->project->id,
                            model::activity_type::server_deleted, target_of(*server));
            storage::delete_server(change.transaction, server->definition.id);
            return result<void>{};
        },
        [](const model::registry& /*registry*/) {
            return json_response(to_json(message_view{"The server was deleted."}));
        });
}

} // namespace

void create_server(const context& context, const incoming_ptr& in) {
    const auto wanted = take_body<create_server_request>(*in);
    if (!wanted) {
        return;
    }
    model::server_entry entry;
    entry.definition.id = server_id::random();
    entry.definition.project = in->project->id;
    entry.definition.created_by = in->who.user;
    if (const auto applied = apply(*wanted, entry); !applied) {
        in->exchange->respond(problem(applied.error()));
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, entry](const registry_change& change) {
            auto made = entry;
            made.definition.created_at = made.definition.updated_at = change.at;
            return store(context, *in, change, made, nullptr, model::activity_type::server_created);
        },
        [&context, id = entry.definition.id](const model::registry& registry) {
            return shown(context, registry, id, 201);
        });
}

void update_server(const context& context, const incoming_ptr& in) {
    auto wanted = take_body<update_server_request>(*in);
    if (!wanted) {
        return;
    }
    change_server(
        context, in, model::activity_type::server_updated,
        [wanted = std::move(*wanted)](model::server_entry& entry) { return apply(wanted, entry); },
        [&context](const model::server_entry& server, const model::registry& registry) {
            return json_response(to_json(view_of(server, registry, context)));
        });
}

void toggle_server(const context& context, const incoming_ptr& in) {
    change_server(
        context, in, model::activity_type::server_toggled,
        [](model::server_entry& entry) {
            entry.definition.enabled = !entry.definition.enabled;
            return result<void>{};
        },
        [](const model::server_entry& server, const model::registry& /*registry*/) {
            const bool enabled = server.definition.enabled;
            return json_response(to_json(toggled_view{
                enabled ? "The server is on." : "The server is off and stops.", enabled}));
        });
}

void delete_server(const context& context, const incoming_ptr& in) {
    remove(context, in, in->path["server"]);
}

void delete_server_by_parameter(const context& context, const incoming_ptr& in) {
    const auto named = in->request.query_value("serverId");
    if (!named) {
        in->exchange->respond(problem(400, "The query needs serverId."));
        return;
    }
    remove(context, in, std::string(*named));
}

} // namespace orch::api
