#include "app/cli/resource_forms.hpp"

#include <array>

namespace orch::app::cli {

namespace {

using place = resource_option::place;
using enum value_kind;

constexpr resource_option project{"--project", "project", place::path,
                                  text,        true,      "Name or id of the project."};
constexpr resource_option key{"--key", "key", place::path,
                              text,    true,  "Id of the key, as 'key list' shows it."};
constexpr resource_option description{"--description", "description",    place::body, text,
                                      false,           "What it is for."};
constexpr resource_option expires{
    "--expires-at", "expires_at", place::body,
    text,           false,        "When it ends, like 2030-01-31T12:00:00Z; or never.",
    "never"};
constexpr resource_option may_call{
    "--may-call", "scope.may_call",
    place::body,  yes_no,
    false,        "Whether it calls tools, or only lists: true or false."};
constexpr resource_option servers{"--servers", "scope.servers", place::body,
                                  list,        false,           "The only servers that it opens."};
constexpr resource_option tools{"--tools", "scope.tools", place::body,
                                list,      false,         "The only tools that it opens."};
constexpr resource_option ip_ranges{"--ip-ranges", "scope.ip_ranges",
                                    place::body,   list,
                                    false,         "Where it may be used, like 10.0.0.0/8."};
constexpr resource_option client_types{"--client-types",
                                       "scope.client_types",
                                       place::body,
                                       list,
                                       false,
                                       "For which clients it is, like cursor."};
constexpr resource_option per_minute{"--calls-per-minute",
                                     "limits.calls_per_minute",
                                     place::body,
                                     number,
                                     false,
                                     "At most so many; 0 for without a limit."};
constexpr resource_option per_day{"--calls-per-day",
                                  "limits.calls_per_day",
                                  place::body,
                                  number,
                                  false,
                                  "At most so many; 0 for without a limit."};
constexpr resource_option at_once{"--calls-at-once",
                                  "limits.calls_at_once",
                                  place::body,
                                  number,
                                  false,
                                  "At most so many; 0 for without a limit."};

constexpr std::array of_project{project};
constexpr std::array of_key{project, key};
constexpr std::array create{
    project,
    resource_option{"--name", "name", place::body, text, true, "What the key is for."},
    description,
    expires,
    may_call,
    servers,
    tools,
    ip_ranges,
    client_types,
    per_minute,
    per_day,
    at_once};
constexpr std::array update{
    project,
    key,
    resource_option{"--new-name", "name", place::body, text, false, "Another name."},
    description,
    resource_option{"--active", "is_active", place::body, yes_no, false,
                    "false revokes it: true or false."},
    resource_option{"--quarantined", "is_quarantined", place::body, yes_no, false,
                    "true holds it back for now: true or false."},
    expires,
    may_call,
    servers,
    tools,
    ip_ranges,
    client_types,
    per_minute,
    per_day,
    at_once};
constexpr std::array rotate{
    project, key,
    resource_option{"--overlap-seconds", "overlap_seconds", place::body, number, false,
                    "How long the old one goes on working; a day by default."}};
constexpr std::array search{
    resource_option{"--search", "search", place::query, text, false, "Words of name or end."}};

constexpr std::string_view one = "/api/projects/{project}/api-keys/{key}";

constexpr std::array forms{
    resource_form{"key",
                  "create",
                  "Create a key of a project and print it, once.",
                  "mcp-orch key create --project default --name laptop",
                  "POST",
                  "/api/projects/{project}/api-keys",
                  create,
                  {},
                  {},
                  "api_key"},
    resource_form{"key", "list", "List the keys of a project, without the keys themselves.",
                  "mcp-orch key list --project shop", "GET", "/api/projects/{project}/api-keys",
                  of_project,
                  "KEY=id,NAME=name,FIRST CHARACTERS=key_prefix,LAST=key_suffix,STATUS=status,"
                  "EXPIRES=expires_at,MAY CALL=scope.may_call,LAST USED=last_used_at"},
    resource_form{"key", "show", "Show what a key opens.",
                  "mcp-orch key show --project shop --key ID", "GET", one, of_key},
    resource_form{"key", "update", "Change what a key opens, hold it back or revoke it.",
                  "mcp-orch key update --project shop --key ID --tools read_file", "PUT", one,
                  update},
    resource_form{"key",
                  "rotate",
                  "Put a new key in the place of one, which goes on for a while.",
                  "mcp-orch key rotate --project shop --key ID",
                  "POST",
                  "/api/projects/{project}/api-keys/{key}/rotate",
                  rotate,
                  {},
                  {},
                  "api_key"},
    resource_form{"key", "delete", "Revoke and delete a key.",
                  "mcp-orch key delete --project shop --key ID", "DELETE", one, of_key},
    resource_form{"key", "all", "List the keys of all projects.", "mcp-orch key all", "GET",
                  "/api/admin/api-keys", search,
                  "KEY=id,PROJECT=project_name,NAME=name,STATUS=status,LAST USED=last_used_at",
                  "api_keys"},
    resource_form{"key",
                  "statistics",
                  "Count the keys of all projects.",
                  "mcp-orch key statistics",
                  "GET",
                  "/api/admin/api-keys/statistics/overview",
                  {}},
};

} // namespace

std::span<const resource_form> key_forms() { return forms; }

} // namespace orch::app::cli
