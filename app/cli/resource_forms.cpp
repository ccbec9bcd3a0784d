#include "app/cli/resource_forms.hpp"

#include <array>
#include <utility>
#include <vector>

namespace orch::app::cli {

namespace {

using place = resource_option::place;
using enum value_kind;

constexpr resource_option project{"--project", "project", place::path,
                                  text,        true,      "Name or id of the project."};
constexpr resource_option name{"--name", "name", place::body, text, true, "Its name."};
constexpr resource_option new_name{"--new-name", "name", place::body, text, false, "Another name."};
constexpr resource_option description{"--description", "description",    place::body, text,
                                      false,           "What it is for."};
constexpr resource_option display_name{
    "--display-name", "display_name", place::body, text, false, "The name as people write it."};
constexpr resource_option role{"--role", "role", place::body,
                               text,     true,   "owner, developer or reporter."};
constexpr resource_option email{"--email", "email", place::body,
                                text,      true,    "The e-mail address of the account."};
constexpr resource_option member{
    "--member", "member", place::path,
    text,       true,     "Id of the membership, as 'project members' shows it."};
constexpr resource_option limit{"--limit", "limit", place::query,
                                number,    false,   "How many at most."};

constexpr std::array project_create{name, display_name, description};
constexpr std::array project_only{project};
constexpr std::array project_update{
    project,
    new_name,
    display_name,
    description,
    resource_option{"--unified", "unified_mcp_enabled", place::body, yes_no, false,
                    "Whether all servers are offered together: true or false."},
    resource_option{"--retention-days", "retention_days", place::body, number, false,
                    "Days that calls, sessions and logs are kept: 7, 30, 90 or 365."}};
constexpr std::array project_security{
    project,
    resource_option{"--auth-required", "jwt_auth_required", place::body, yes_no, false,
                    "Whether the MCP endpoints take a key: true or false."},
    resource_option{"--ip-ranges", "allowed_ip_ranges", place::body, list, false,
                    "Where clients may come from, like 10.0.0.0/8."},
    resource_option{"--unified", "unified_mcp_enabled", place::body, yes_no, false,
                    "Whether all servers are offered together: true or false."},
    resource_option{"--naming", "naming_mode", place::body, text, false,
                    "Names of tools there: always, on_collision or never with the server."}};
constexpr std::array project_invite{project, email, role};
constexpr std::array project_role{project, member, role};
constexpr std::array project_transfer{
    project, resource_option{"--new-owner", "new_owner_email", place::body, text, true,
                             "The e-mail address of an account."}};
constexpr std::array project_remove{project, member};
constexpr std::array activity_list{resource_option{"--action", "action_filter", place::query, text,
                                                   false, "Only this kind, like project_updated."},
                                   limit};
constexpr std::array activity_of_project{project, activity_list[0], limit};

constexpr std::string_view activity_columns =
    "WHEN=created_at,WHO=user_name,WHAT=action,TARGET=target_name";

constexpr std::array forms{
    resource_form{"project",
                  "list",
                  "List all projects.",
                  "mcp-orch project list",
                  "GET",
                  "/api/projects",
                  {},
                  "NAME=name,SERVERS=server_count,MEMBERS=member_count,"
                  "DESCRIPTION=description"},
    resource_form{"project", "show", "Show a project.", "mcp-orch project show --project shop",
                  "GET", "/api/projects/{project}", project_only},
    resource_form{"project", "create", "Make a project.", "mcp-orch project create --name shop",
                  "POST", "/api/projects", project_create},
    resource_form{"project", "update", "Change a project.",
                  "mcp-orch project update --project shop --retention-days 90", "PUT",
                  "/api/projects/{project}", project_update},
    resource_form{"project", "delete", "Delete a project with all that is in it.",
                  "mcp-orch project delete --project shop", "DELETE", "/api/projects/{project}",
                  project_only},
    resource_form{"project", "members", "List the members of a project.",
                  "mcp-orch project members --project shop", "GET",
                  "/api/projects/{project}/members", project_only,
                  "MEMBER=id,NAME=user_name,E-MAIL=user_email,ROLE=role,INVITED AS=invited_as"},
    resource_form{"project", "invite", "Make somebody a member.",
                  "mcp-orch project invite --project shop --email ada@example.org --role developer",
                  "POST", "/api/projects/{project}/members", project_invite},
    resource_form{"project", "set-role", "Change the role of a member.",
                  "mcp-orch project set-role --project shop --member ID --role owner", "PUT",
                  "/api/projects/{project}/members/{member}", project_role},
    resource_form{"project", "remove", "Remove a member.",
                  "mcp-orch project remove --project shop --member ID", "DELETE",
                  "/api/projects/{project}/members/{member}", project_remove},

    resource_form{"project", "security", "Show who may come in at the endpoints of a project.",
                  "mcp-orch project security --project shop", "GET",
                  "/api/projects/{project}/security", project_only},
    resource_form{"project", "set-security", "Change who may come in.",
                  "mcp-orch project set-security --project shop --ip-ranges 10.0.0.0/8", "PUT",
                  "/api/projects/{project}/security", project_security},

    resource_form{"project", "transfer", "Give a project to another owner.",
                  "mcp-orch project transfer --project shop --new-owner ada@example.org", "POST",
                  "/api/admin/projects/{project}/transfer-ownership", project_transfer},
    resource_form{"secrets",
                  "status",
                  "Show by their ids which keys encrypt the secrets.",
                  "mcp-orch secrets status",
                  "GET",
                  "/api/admin/secrets",
                  {}},
    resource_form{"secrets",
                  "rotate",
                  "Encrypt all secrets with a fresh key.",
                  "mcp-orch secrets rotate",
                  "POST",
                  "/api/admin/secrets/rotate",
                  {}},

    resource_form{"activity", "list", "What people changed anywhere, newest first.",
                  "mcp-orch activity list --limit 20", "GET", "/api/activities", activity_list,
                  activity_columns, "activities"},
    resource_form{"activity", "project", "What people changed in one project, newest first.",
                  "mcp-orch activity project --project shop", "GET",
                  "/api/projects/{project}/activities", activity_of_project, activity_columns,
                  "activities"},
};

} // namespace

std::span<const resource_form> resource_forms() {
    static const auto all = [] {
        std::vector<resource_form> joined(forms.begin(), forms.end());
        for (const auto& more :
             {team_forms(), server_forms(), call_forms(), key_forms(), user_forms(),
              observation_forms(), record_forms(), scheduler_forms()}) {
            joined.insert(joined.end(), more.begin(), more.end());
        }
        return joined;
    }();
    return all;
}

std::string_view describe_noun(std::string_view noun) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> nouns{
        {{"project", "Projects, their members and who may come in."},
         {"team", "Teams, and the projects that they take part in."},
         {"server", "Servers of a project, and which of their tools are offered."},
         {"key", "Project keys: what they open, for how long."},
         {"user", "Accounts of people."},
         {"calls", "What was called, by whom, and what failed."},
         {"secrets", "The keys that encrypt variables and headers of servers."},
         {"scheduler", "When the status of all servers is refreshed."},
         {"activity", "What people changed."}}};
    for (const auto& [known, help] : nouns) {
        if (known == noun) {
            return help;
        }
    }
    return {};
}

} // namespace orch::app::cli
