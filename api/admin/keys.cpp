#include "api/account_types.hpp"
#include "api/admin/handlers.hpp"
#include "api/body.hpp"
#include "api/change.hpp"
#include "api/key_rules.hpp"
#include "api/key_views.hpp"

#include "crypto/api_key.hpp"
#include "storage/key_store.hpp"

namespace orch::api {

namespace {

using actors::registry_change;

error gone() { return {errc::not_found, "There is no such key."}; }

/// The key that the path names: of the project of the path, or of any where it names none.
const model::api_key* key_of_path(const incoming& in, const model::registry& registry) {
    const auto id = key_id::parse(in.path["key"]);
    const auto* key = id ? registry.find_key(*id) : nullptr;
    const bool elsewhere = key != nullptr && in.project != nullptr &&
                           key->project != in.project->id;
    return elsewhere ? nullptr : key;
}

activity_target target_of(const model::api_key& key) {
    return {"api_key", key.id.to_string(), key.name};
}

change_list changes_between(const model::api_key& from, const model::api_key& to,
                            const model::registry& registry, const context& context) {
    const auto before = view_of(from, registry, context);
    const auto after = view_of(to, registry, context);
    change_list changes;
    changes.text("name", before.name, after.name)
        .text("description", before.description, after.description)
        .flag("is_active", before.is_active, after.is_active)
        .flag("is_quarantined", before.is_quarantined, after.is_quarantined)
        .text("expires_at", before.expires_at.value_or(""), after.expires_at.value_or(""))
        .json("scope", to_json(before.scope), to_json(after.scope))
        .json("limits", to_json(before.limits), to_json(after.limits));
    return changes;
}

/// What a fresh key text leaves in its row.
void put_text(const crypto::minted_key& minted, model::api_key& key) {
    key.id = key_id::random();
    key.sha256 = minted.sha256;
    key.prefix = minted.prefix;
    key.suffix = minted.suffix;
}

net::response shown_once(const key_id& id, const std::string& text, const model::registry& registry,
                         const context& context) {
    const auto* key = registry.find_key(id);
    if (key == nullptr) {
        return problem(gone());
    }
    auto answer = json_response(to_json(created_key_view{view_of(*key, registry, context), text}),
                                201);
    answer.headers.emplace_back("Cache-Control", "no-store");
    return answer;
}

} // namespace

void list_keys(const context& context, const incoming_ptr& in) {
    std::vector<key_view> views;
    for (const auto& key : in->registry->keys()) {
        if (key.project == in->project->id) {
            views.push_back(view_of(key, *in->registry, context));
        }
    }
    in->exchange->respond(json_response(to_json(views)));
}

void show_key(const context& context, const incoming_ptr& in) {
    const auto* key = key_of_path(*in, *in->registry);
    in->exchange->respond(key != nullptr
                              ? json_response(to_json(view_of(*key, *in->registry, context)))
                              : problem(gone()));
}

void create_key(const context& context, const incoming_ptr& in) {
    auto wanted = take_body<create_key_request>(*in);
    if (!wanted) {
        return;
    }
    const auto minted = crypto::mint_key();
    model::api_key fresh;
    put_text(minted, fresh);
    fresh.project = in->project->id;
    fresh.created_by = in->who.user;
    answer_after_change(
        context, in,
        [&context, in, fresh, wanted = std::move(*wanted)](const registry_change& change) {
            auto key = fresh;
            key.created_at = change.at;
            if (auto applied = apply(wanted, key, {change.registry, change.at}); !applied) {
                return applied;
            }
            storage::insert_key(change.transaction, key);
            record_activity(context, *in, change, key.project,
                            model::activity_type::api_key_created, target_of(key));
            return result<void>{};
        },
        [&context, id = fresh.id, text = minted.text](const model::registry& registry) {
            return shown_once(id, text, registry, context);
        });
}

void update_key(const context& context, const incoming_ptr& in) {
    auto wanted = take_body<update_key_request>(*in);
    if (!wanted) {
        return;
    }
    answer_after_change(
        context, in,
        [&context, in, wanted = std::move(*wanted)](const registry_change& change) {
            const auto* now = key_of_path(*in, change.registry);
            if (now == nullptr) {
                return result<void>{gone()};
            }
            auto key = *now;
            if (auto applied = apply(wanted, key, {change.registry, change.at}); !applied) {
                return applied;
            }
            const auto changes = changes_between(*now, key, change.registry, context);
            if (!changes.empty()) {
                storage::update_key(change.transaction, key);
                record_activity(context, *in, change, key.project,
                                model::activity_type::api_key_updated, target_of(key), changes);
            }
            return result<void>{};
        },
        [&context, in](const model::registry& registry) {
            const auto* key = key_of_path(*in, registry);
            return key != nullptr ? json_response(to_json(view_of(*key, registry, context)))
                                  : problem(gone());
        });
}

void delete_key(const context& context, const incoming_ptr& in) {
    answer_after_change(
        context, in,
        [&context, in](const registry_change& change) {
            const auto* key = key_of_path(*in, change.registry);
            if (key == nullptr) {
                return result<void>{gone()};
            }
            record_activity(context, *in, change, key->project,
                            model::activity_type::api_key_deleted, target_of(*key));
            storage::delete_key(change.transaction, key->id);
            return result<void>{};
        },
        [](const model::registry& /*registry*/) {
            return json_response(to_json(message_view{"The key was revoked and deleted."}));
        });
}

void rotate_key(const context& context, const incoming_ptr& in) {
    const auto wanted = in->request.body.empty() ? std::optional(rotate_key_request{})
                                                 : take_body<rotate_key_request>(*in);
    if (!wanted) {
        return;
    }
    const auto overlap = overlap_of(*wanted);
    if (!overlap) {
        in->exchange->respond(problem(overlap.error()));
        return;
    }
    const auto minted = crypto::mint_key();
    const auto id = key_id::random();
    answer_after_change(
        context, in,
        [&context, in, minted, id, overlap = *overlap](const registry_change& change) {
            const auto* now = key_of_path(*in, change.registry);
            if (now == nullptr) {
                return result<void>{gone()};
            }
            if (status_of(*now, change.at) != "active") {
                return result<void>{
                    error{errc::conflict, "Only an active key can be rotated: make a new one."}};
            }
            auto fresh = *now;
            put_text(minted, fresh);
            fresh.id = id;
            fresh.rotated_from = now->id;
            fresh.created_at = change.at;
            fresh.created_by = in->who.user;
            auto old = *now;
            old.expires_at = std::min(old.expires_at.value_or(change.at + overlap),
                                      change.at + overlap);
            storage::update_key(change.transaction, old);
            storage::insert_key(change.transaction, fresh);
            record_activity(context, *in, change, fresh.project,
                            model::activity_type::api_key_rotated, target_of(fresh),
                            change_list{}.text("id", old.id.to_string(), fresh.id.to_string()));
            return result<void>{};
        },
        [&context, id, text = minted.text](const model::registry& registry) {
            return shown_once(id, text, registry, context);
        });
}

} // namespace orch::api
