#include "app/cli/resource_forms.hpp"

#include <array>

namespace orch::app::cli {

namespace {

using place = resource_option::place;
using enum value_kind;

constexpr resource_option user{"--user", "user", place::path,
                               text,     true,   "Id of the account, as 'user list' shows it."};
constexpr resource_option is_admin{
    "--admin", "is_admin", place::body,
    yes_no,    false,      "Whether it administers everything: true or false."};
constexpr resource_option password{"--password-stdin",
                                   "password",
                                   place::body,
                                   secret,
                                   true,
                                   "Read the password from standard input."};

constexpr std::array of_user{user};
constexpr std::array list_users{
    resource_option{"--search", "search", place::query, text, false, "Part of name or e-mail."}};
constexpr std::array create{
    resource_option{"--name", "name", place::body, text, true, "The name of the person."},
    resource_option{"--email", "email", place::body, text, true, "The e-mail address."}, password,
    is_admin};
constexpr std::array update{
    user, resource_option{"--new-name", "name", place::body, text, false, "Another name."},
    is_admin,
    resource_option{"--active", "is_active", place::body, yes_no, false,
                    "false closes the account: true or false."}};
constexpr std::array set_password{user, password};

constexpr std::string_view one = "/api/users/admin/{user}";

constexpr std::array forms{
    resource_form{"user", "list", "List accounts.", "mcp-orch user list --search ada", "GET",
                  "/api/users/admin", list_users,
                  "USER=id,NAME=name,E-MAIL=email,ADMIN=is_admin,ACTIVE=is_active,"
                  "PROJECTS=projects_count",
                  "users"},
    resource_form{"user", "show", "Show an account.", "mcp-orch user show --user ID", "GET", one,
                  of_user},
    resource_form{"user", "create", "Make an account for somebody.",
                  "mcp-orch user create --name Ada --email ada@example.org --password-stdin",
                  "POST", "/api/users/admin", create},
    resource_form{"user", "update", "Change an account.",
                  "mcp-orch user update --user ID --admin true", "PUT", one, update},
    resource_form{"user", "deactivate", "Close an account and end its logins.",
                  "mcp-orch user deactivate --user ID", "DELETE", one, of_user},
    resource_form{"user", "reset-password", "Set another password and end the logins.",
                  "mcp-orch user reset-password --user ID --password-stdin", "POST",
                  "/api/users/admin/{user}/password", set_password},
};

} // namespace

std::span<const resource_form> user_forms() { return forms; }

} // namespace orch::app::cli
