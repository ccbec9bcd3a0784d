#include "api/key_views.hpp"

#include "api/timestamps.hpp"
#include "core/ascii.hpp"

namespace orch::api {

namespace {

key_scope_view view_of(const model::key_scope& scope) {
    key_scope_view view{scope.may_call, {}, scope.tools, {}, scope.client_types};
    for (const auto& server : scope.servers) {
        view.servers.push_back(server.to_string());
    }
    for (const auto& range : scope.ip_ranges) {
        view.ip_ranges.push_back(range.to_string());
    }
    return view;
}

} // namespace

std::string status_of(const model::api_key& key, std::chrono::system_clock::time_point now) {
    if (!key.active) {
        return "revoked";
    }
    if (key.quarantined) {
        return "quarantined";
    }
    return key.expires_at && *key.expires_at <= now ? "expired" : "active";
}

key_view view_of(const model::api_key& key, const model::registry& registry,
                 const context& context) {
    key_view view;
    view.id = key.id.to_string();
    view.project_id = key.project.to_string();
    view.name = key.name;
    view.description = key.description;
    view.key_prefix = key.prefix;
    view.key_suffix = key.suffix;
    view.status = status_of(key, context.runtime.clock.wall());
    view.is_active = key.active;
    view.is_quarantined = key.quarantined;
    view.expires_at = to_rfc3339(key.expires_at);
    view.scope = view_of(key.scope);
    view.limits = {key.limits.calls_per_minute, key.limits.calls_per_day, key.limits.calls_at_once};
    if (!key.created_by.is_nil()) {
        view.created_by = key.created_by.to_string();
        if (const auto* user = registry.find_user(key.created_by)) {
            view.created_by_name = user->name;
        }
    }
    if (!key.rotated_from.is_nil()) {
        view.rotated_from = key.rotated_from.to_string();
    }
    const auto use = context.runtime.keys.last_use(key.id);
    view.last_used_at = use ? to_rfc3339(use->at) : to_rfc3339(key.last_used_at);
    if (use || !key.last_used_ip.empty()) {
        view.last_used_ip = use ? use->ip_address : key.last_used_ip;
    }
    view.created_at = to_rfc3339(key.created_at);
    return view;
}

bool matches(const model::api_key& key, std::string_view search) {
    return contains_word(key.name + "\n" + key.description + "\n" + key.prefix + "\n" + key.suffix,
                         search);
}

} // namespace orch::api
