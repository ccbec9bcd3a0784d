#include "api/key_rules.hpp"

#include "api/text_rules.hpp"
#include "api/timestamps.hpp"
#include "mcp/handshake.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace orch::api {

namespace {

constexpr std::size_t name_max = 200;
constexpr std::size_t description_max = 1'000;
constexpr std::size_t tool_max = 256;
constexpr std::size_t list_max = 200;
constexpr std::int64_t limit_max = 1'000'000'000;
constexpr std::chrono::seconds overlap_default{24 * 60 * 60};
constexpr std::chrono::seconds overlap_max{30 * 24 * 60 * 60};

using texts = std::vector<std::string>;

bool fits(const std::string& field, const texts& list, fault_list& faults) {
    if (list.size() > list_max) {
        faults.add(field, fmt::format("{}: more than {} entries", field, list_max));
    }
    return list.size() <= list_max;
}

void apply_servers(const texts& given, model::api_key& key, const model::registry& registry,
                   fault_list& faults) {
    if (!fits("scope.servers", given, faults)) {
        return;
    }
    key.scope.servers.clear();
    for (std::size_t i = 0; i < given.size(); ++i) {
        if (const auto* server = registry.find_server(key.project, given[i])) {
            key.scope.servers.push_back(server->definition.id);
        } else {
            const auto at = fmt::format("scope.servers[{}]", i);
            faults.add(at, at + ": no server of the project");
        }
    }
}

void apply_tools(const texts& given, model::key_scope& scope, fault_list& faults) {
    for (std::size_t i = 0; fits("scope.tools", given, faults) && i < given.size(); ++i) {
        check_line(fmt::format("scope.tools[{}]", i), given[i], {tool_max, 1}, faults);
    }
    scope.tools = given;
}

void apply_ranges(const texts& given, model::key_scope& scope, fault_list& faults) {
    if (!fits("scope.ip_ranges", given, faults)) {
        return;
    }
    scope.ip_ranges.clear();
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto at = fmt::format("scope.ip_ranges[{}]", i);
        if (auto range = ip_range::parse(given[i])) {
            scope.ip_ranges.push_back(*range);
        } else {
            faults.add(at, fmt::format("{}: {}", at, range.error().detail));
        }
    }
}

void apply_client_types(const texts& given, model::key_scope& scope, fault_list& faults) {
    for (std::size_t i = 0; fits("scope.client_types", given, faults) && i < given.size(); ++i) {
        if (!mcp::is_client_type(given[i])) {
            const auto at = fmt::format("scope.client_types[{}]", i);
            faults.add(at, at + ": no type of client that is told apart");
        }
    }
    scope.client_types = given;
}

void apply(const key_scope_request& wanted, model::api_key& key, const model::registry& registry,
           fault_list& faults) {
    key.scope.may_call = wanted.may_call.value_or(key.scope.may_call);
    if (wanted.servers) {
        apply_servers(*wanted.servers, key, registry, faults);
    }
    if (wanted.tools) {
        apply_tools(*wanted.tools, key.scope, faults);
    }
    if (wanted.ip_ranges) {
        apply_ranges(*wanted.ip_ranges, key.scope, faults);
    }
    if (wanted.client_types) {
        apply_client_types(*wanted.client_types, key.scope, faults);
    }
}

void apply_limit(const std::string& field, const std::optional<std::int64_t>& given, int& limit,
                 fault_list& faults) {
    if (!given) {
        return;
    }
    if (*given < 0 || *given > limit_max) {
        faults.add(field, fmt::format("{}: 0 (no limit) to {}", field, limit_max));
    } else {
        limit = static_cast<int>(*given);
    }
}

void apply(const key_limits_request& wanted, model::key_limits& limits, fault_list& faults) {
    apply_limit("limits.calls_per_minute", wanted.calls_per_minute, limits.calls_per_minute,
                faults);
    apply_limit("limits.calls_per_day", wanted.calls_per_day, limits.calls_per_day, faults);
    apply_limit("limits.calls_at_once", wanted.calls_at_once, limits.calls_at_once, faults);
}

void apply_expiry(const patch<std::string>& wanted, model::api_key& key,
                  std::chrono::system_clock::time_point now, fault_list& faults) {
    if (!wanted.given) {
        return;
    }
    key.expires_at = wanted.value ? parse_rfc3339(*wanted.value) : std::nullopt;
    if (wanted.value && !key.expires_at) {
        faults.add("expires_at", "expires_at: a time such as 2030-01-31T12:00:00Z, or null");
    } else if (key.expires_at && *key.expires_at <= now) {
        faults.add("expires_at", "expires_at: lies in the past");
    }
}

result<void> outcome_of(const fault_list& faults, const model::api_key& key,
                        const model::registry& registry) {
    if (!faults.empty()) {
        return faults.to_error();
    }
    const auto& keys = registry.keys();
    const bool taken = std::any_of(keys.begin(), keys.end(), [&](const model::api_key& other) {
        return other.project == key.project && other.name == key.name && other.id != key.id;
    });
    return taken ? result<void>{error{errc::conflict, "name: a key of this name exists"}}
                 : result<void>{};
}

} // namespace

result<void> apply(const create_key_request& wanted, model::api_key& key,
                   const key_rules_context& context) {
    return apply(update_key_request{wanted.name, wanted.description, std::nullopt, std::nullopt,
                                    wanted.expires_at, wanted.scope, wanted.limits},
                 key, context);
}

result<void> apply(const update_key_request& wanted, model::api_key& key,
                   const key_rules_context& context) {
    fault_list faults;
    // Keys that follow each other by rotation share their name, so only a new one is looked at.
    const bool renamed = wanted.name && *wanted.name != key.name;
    key.name = wanted.name.value_or(key.name);
    key.description = wanted.description.value_or(key.description);
    check_line("name", key.name, {name_max, 1}, faults);
    check_block("description", key.description, {description_max}, faults);
    key.active = wanted.is_active.value_or(key.active);
    key.quarantined = wanted.is_quarantined.value_or(key.quarantined);
    apply_expiry(wanted.expires_at, key, context.now, faults);
    if (wanted.scope) {
        apply(*wanted.scope, key, context.registry, faults);
    }
    if (wanted.limits) {
        apply(*wanted.limits, key.limits, faults);
    }
    return renamed ? outcome_of(faults, key, context.registry) : faults.outcome();
}

result<std::chrono::seconds> overlap_of(const rotate_key_request& wanted) {
    const std::chrono::seconds overlap{wanted.overlap_seconds.value_or(overlap_default.count())};
    if (overlap < std::chrono::seconds{0} || overlap > overlap_max) {
        fault_list faults;
        faults.add("overlap_seconds", fmt::format("overlap_seconds: 0 to {}", overlap_max.count()));
        return faults.to_error();
    }
    return overlap;
}

} // namespace orch::api
