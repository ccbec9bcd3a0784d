#include "app/cli/resource_forms.hpp"

#include <array>

namespace orch::app::cli {

namespace {

using place = resource_option::place;
using enum value_kind;

constexpr resource_option team{"--team", "team", place::path,
                               text,     true,   "Slug or id of the team."};
constexpr resource_option user{"--user", "user", place::path,
                               text,     true,   "Id of the account, as 'team members' shows it."};
constexpr resource_option description{"--description", "description",    place::body, text,
                                      false,           "What it is for."};
constexpr resource_option role{"--role", "role", place::body,
                               text,     true,   "owner, developer or reporter."};

constexpr std::array of_team{team};
constexpr std::array create{resource_option{"--name", "name", place::body, text, true, "Its name."},
                            description};
constexpr std::array update{
    team, resource_option{"--new-name", "name", place::body, text, false, "Another name."},
    description};
constexpr std::array invite{team,
                            resource_option{"--email", "email", place::body, text, true,
                                            "The e-mail address of the account."},
                            role};
constexpr std::array set_role{team, user, role};
constexpr std::array remove{team, user};
constexpr std::array join{
    resource_option{"--project", "project", place::path, text, true, "Name or id of the project."},
    resource_option{"--team", "team_id", place::body, text, true, "Slug or id of the team."}, role};
constexpr std::array leave{
    resource_option{"--project", "project", place::path, text, true, "Name or id of the project."},
    team};

constexpr std::string_view one = "/api/teams/{team}";

constexpr std::array transfer{team,
                              resource_option{"--new-owner", "new_owner_email", place::body, text,
                                              true, "The e-mail address of an account."}};

constexpr std::array forms{
    resource_form{"team",
                  "list",
                  "List teams.",
                  "mcp-orch team list",
                  "GET",
                  "/api/teams",
                  {},
                  "TEAM=slug,NAME=name,MEMBERS=member_count,DESCRIPTION=description"},
    resource_form{"team", "show", "Show a team.", "mcp-orch team show --team tools", "GET", one,
                  of_team},
    resource_form{"team", "create", "Make a team.", "mcp-orch team create --name Tools", "POST",
                  "/api/teams", create},
    resource_form{"team", "update", "Change a team.",
                  "mcp-orch team update --team tools --description \"who builds\"", "PUT", one,
                  update},
    resource_form{"team", "delete", "Delete a team.", "mcp-orch team delete --team tools", "DELETE",
                  one, of_team},
    resource_form{"team", "members", "List the members of a team.",
                  "mcp-orch team members --team tools", "GET", "/api/teams/{team}/members", of_team,
                  "USER=user_id,NAME=name,E-MAIL=email,ROLE=role"},
    resource_form{"team", "invite", "Take somebody into a team.",
                  "mcp-orch team invite --team tools --email ada@example.org --role owner", "POST",
                  "/api/teams/{team}/members/invite", invite},
    resource_form{"team", "set-role", "Change the role of a member.",
                  "mcp-orch team set-role --team tools --user ID --role owner", "PUT",
                  "/api/teams/{team}/members/{user}/role", set_role},
    resource_form{"team", "remove", "Remove a member.",
                  "mcp-orch team remove --team tools --user ID", "DELETE",
                  "/api/teams/{team}/members/{user}", remove},
    resource_form{"team", "transfer", "Give a team to another owner.",
                  "mcp-orch team transfer --team tools --new-owner ada@example.org", "POST",
                  "/api/admin/teams/{team}/transfer-ownership", transfer},
    resource_form{"team", "projects", "List the projects that a team takes part in.",
                  "mcp-orch team projects --team tools", "GET", "/api/teams/{team}/projects",
                  of_team, "NAME=name,MEMBERS=member_count,SERVERS=server_count"},
    resource_form{"team", "join", "Take everybody of a team into a project.",
                  "mcp-orch team join --project shop --team tools --role developer", "POST",
                  "/api/projects/{project}/teams/invite", join},
    resource_form{"team", "leave", "Remove from a project everybody who came with a team.",
                  "mcp-orch team leave --project shop --team tools", "DELETE",
                  "/api/projects/{project}/teams/{team}/members", leave},
};

} // namespace

std::span<const resource_form> team_forms() { return forms; }

} // namespace orch::app::cli
