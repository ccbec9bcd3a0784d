#pragma once

#include "api/described_json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Bodies about project keys. The key itself is in the answer that makes it, and in no other.

namespace orch::api {

/// What a key opens; empty lists restrict nothing.
struct key_scope_view {
    bool may_call = true;
    /// Ids of servers.
    std::vector<std::string> servers;
    std::vector<std::string> tools;
    std::vector<std::string> ip_ranges;
    std::vector<std::string> client_types;
};
BOOST_DESCRIBE_STRUCT(key_scope_view, (), (may_call, servers, tools, ip_ranges, client_types))

/// 0 is without a limit.
struct key_limits_view {
    std::int64_t calls_per_minute = 0;
    std::int64_t calls_per_day = 0;
    std::int64_t calls_at_once = 0;
};
BOOST_DESCRIBE_STRUCT(key_limits_view, (), (calls_per_minute, calls_per_day, calls_at_once))

struct key_view {
    std::string id;
    std::string project_id;
    std::string name;
    std::string description;
    std::string key_prefix;
    std::string key_suffix;
    /// active, revoked, quarantined or expired
    std::string status;
    bool is_active = true;
    bool is_quarantined = false;
    std::optional<std::string> expires_at;
    key_scope_view scope;
    key_limits_view limits;
    std::optional<std::string> created_by;
    std::optional<std::string> created_by_name;
    std::optional<std::string> rotated_from;
    std::optional<std::string> last_used_at;
    std::optional<std::string> last_used_ip;
    std::string created_at;
};
BOOST_DESCRIBE_STRUCT(key_view, (),
                      (id, project_id, name, description, key_prefix, key_suffix, status, is_active,
                       is_quarantined, expires_at, scope, limits, created_by, created_by_name,
                       rotated_from, last_used_at, last_used_ip, created_at))

/// The only answer that ever holds a whole key.
struct created_key_view : key_view {
    std::string api_key;
};
BOOST_DESCRIBE_STRUCT(created_key_view, (key_view), (api_key))

/// For administrators, with the name of the project.
struct admin_key_view : key_view {
    std::string project_name;
};
BOOST_DESCRIBE_STRUCT(admin_key_view, (key_view), (project_name))

struct admin_key_page_view {
    std::vector<admin_key_view> api_keys;
    std::uint64_t total = 0;
    std::uint64_t page = 1;
    std::uint64_t per_page = 50;
};
BOOST_DESCRIBE_STRUCT(admin_key_page_view, (), (api_keys, total, page, per_page))

struct key_statistics_view {
    std::uint64_t total_keys = 0;
    std::uint64_t active_keys = 0;
    std::uint64_t inactive_keys = 0;
    std::uint64_t quarantined_keys = 0;
    std::uint64_t expired_keys = 0;
    /// Within 30 days.
    std::uint64_t expiring_soon = 0;
    /// Within 7 days.
    std::uint64_t recently_used = 0;
};
BOOST_DESCRIBE_STRUCT(key_statistics_view, (),
                      (total_keys, active_keys, inactive_keys, quarantined_keys, expired_keys,
                       expiring_soon, recently_used))

struct key_scope_request {
    std::optional<bool> may_call;
    /// Ids or names of servers of the project.
    std::optional<std::vector<std::string>> servers;
    std::optional<std::vector<std::string>> tools;
    std::optional<std::vector<std::string>> ip_ranges;
    std::optional<std::vector<std::string>> client_types;
};
BOOST_DESCRIBE_STRUCT(key_scope_request, (), (may_call, servers, tools, ip_ranges, client_types))

struct key_limits_request {
    std::optional<std::int64_t> calls_per_minute;
    std::optional<std::int64_t> calls_per_day;
    std::optional<std::int64_t> calls_at_once;
};
BOOST_DESCRIBE_STRUCT(key_limits_request, (), (calls_per_minute, calls_per_day, calls_at_once))

struct create_key_request {
    std::string name;
    std::optional<std::string> description;
    patch<std::string> expires_at;
    std::optional<key_scope_request> scope;
    std::optional<key_limits_request> limits;
};
BOOST_DESCRIBE_STRUCT(create_key_request, (), (name, description, expires_at, scope, limits))

struct update_key_request {
    std::optional<std::string> name;
    std::optional<std::string> description;
    std::optional<bool> is_active;
    std::optional<bool> is_quarantined;
    /// Null for a key that does not expire.
    patch<std::string> expires_at;
    std::optional<key_scope_request> scope;
    std::optional<key_limits_request> limits;
};
BOOST_DESCRIBE_STRUCT(update_key_request, (),
                      (name, description, is_active, is_quarantined, expires_at, scope, limits))

struct rotate_key_request {
    /// How long the old key goes on working; a day when it is not given.
    std::optional<std::int64_t> overlap_seconds;
};
BOOST_DESCRIBE_STRUCT(rotate_key_request, (), (overlap_seconds))

} // namespace orch::api
