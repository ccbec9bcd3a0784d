#include "app/cli/resource_forms.hpp"

#include <array>

namespace orch::app::cli {

namespace {

using place = resource_option::place;
using enum value_kind;

constexpr resource_option project{"--project", "project", place::path,
                                  text,        true,      "Name or id of the project."};
constexpr resource_option server{"--server", "server", place::path,
                                 text,       true,     "Name or id of the server."};
constexpr resource_option tool{"--tool", "tool", place::path,
                               text,     true,   "The tool, as its server names it."};
constexpr resource_option display_name{
    "--display-name", "display_name", place::body, text, false, "The name as people write it."};
constexpr resource_option description{"--description", "description",    place::body, text,
                                      false,           "What it is for."};
constexpr resource_option transport{
    "--transport", "transport_type", place::body, text, false, "stdio, streamable-http or sse."};
constexpr resource_option command{"--command", "command", place::body,
                                  text,        false,     "The program of a stdio server."};
constexpr resource_option args{"--args", "args", place::body, list, false, "Its arguments."};
constexpr resource_option env{"--env",
                              "env",
                              place::body,
                              pairs,
                              false,
                              "Its variables. Others on this machine can see them while the "
                              "command runs: put secrets into a file and use 'import'."};
constexpr resource_option cwd{"--cwd", "cwd", place::body, text, false, "Its directory."};
constexpr resource_option url{"--url", "url", place::body,
                              text,    false, "The address of a remote server."};
constexpr resource_option timeout{
    "--timeout", "timeout", place::body,
    number,      false,     "Seconds that a call may take without progress, 1 to 300."};
constexpr resource_option policy{"--process-policy",
                                 "process_policy",
                                 place::body,
                                 text,
                                 false,
                                 "Which of its processes serves whom: auto, shared, per-session, "
                                 "per-user, pool or pool(n)."};
constexpr resource_option auth{
    "--auth-required",
    "jwt_auth_required",
    place::body,
    yes_no,
    false,
    "Whether its endpoints take a key: true or false; or inherit from the "
    "project.",
    "inherit"};
constexpr resource_option enabled{"--enabled", "is_enabled", place::body,
                                  yes_no,      true,         "true or false."};

constexpr std::array of_project{project};
constexpr std::array of_server{project, server};
constexpr std::array of_tool{project, server, tool, enabled};
constexpr std::array export_options{
    project, resource_option{"--format", "format", place::query, text, false,
                             "claude, cline, cursor or vscode. Secrets are left out."}};
constexpr std::array create{
    project,
    resource_option{"--name", "name", place::body, text, true, "Its name in URLs and of tools."},
    display_name,
    description,
    transport,
    command,
    args,
    env,
    cwd,
    url,
    timeout,
    policy,
    auth};
constexpr std::array update{
    project,
    server,
    resource_option{"--new-name", "name", place::body, text, false, "Another name."},
    display_name,
    description,
    transport,
    command,
    args,
    env,
    cwd,
    url,
    timeout,
    policy,
    auth};

constexpr std::string_view all = "/api/projects/{project}/servers";
constexpr std::string_view one = "/api/projects/{project}/servers/{server}";
constexpr std::string_view columns =
    "NAME=name,STATUS=status,TOOLS=tools_count,CHECKED=last_checked,ERROR=last_error";

constexpr std::array forms{
    resource_form{"server", "list", "List the servers of a project.",
                  "mcp-orch server list --project shop", "GET", all, of_project, columns},
    resource_form{"server", "show", "Show a server.",
                  "mcp-orch server show --project shop --server files", "GET", one, of_server},
    resource_form{"server", "create", "Make a server.",
                  "mcp-orch server create --project shop --name files --command npx --args -- -y "
                  "@modelcontextprotocol/server-filesystem /srv",
                  "POST", all, create},
    resource_form{"server", "update", "Change a server; what is not named stays.",
                  "mcp-orch server update --project shop --server files --timeout 120", "PUT", one,
                  update},
    resource_form{"server", "delete", "Stop and delete a server.",
                  "mcp-orch server delete --project shop --server files", "DELETE", one, of_server},
    resource_form{"server", "toggle", "Switch a server off or on.",
                  "mcp-orch server toggle --project shop --server files", "POST",
                  "/api/projects/{project}/servers/{server}/toggle", of_server},
    resource_form{"server", "restart", "End the process and start another.",
                  "mcp-orch server restart --project shop --server files", "POST",
                  "/api/projects/{project}/servers/{server}/restart", of_server},
    resource_form{"server", "refresh", "Ask a server for its tools now.",
                  "mcp-orch server refresh --project shop --server files", "POST",
                  "/api/projects/{project}/servers/{server}/refresh-status", of_server},
    resource_form{"server", "test", "Try a server out in a process of its own.",
                  "mcp-orch server test --project shop --server files", "POST",
                  "/api/projects/{project}/servers/{server}/test-connection", of_server},
    resource_form{"server", "process", "Show the process, and how it came and went.",
                  "mcp-orch server process --project shop --server files", "GET",
                  "/api/projects/{project}/servers/{server}/process", of_server},
    resource_form{"server",
                  "export",
                  "Print all servers as a client configuration.",
                  "mcp-orch server export --project shop --format vscode --json",
                  "GET",
                  "/api/projects/{project}/servers-export",
                  export_options,
                  {},
                  {},
                  {},
                  true},
    resource_form{"server", "tools", "List all tools of a server.",
                  "mcp-orch server tools --project shop --server files", "GET",
                  "/api/projects/{project}/servers/{server}/tools", of_server,
                  "TOOL=name,OFFERED=is_enabled"},
    resource_form{"server", "set-tool", "Offer a tool, or do not.",
                  "mcp-orch server set-tool --project shop --server files --tool rm "
                  "--enabled false",
                  "PUT", "/api/projects/{project}/tool-preferences/{server}/{tool}", of_tool},
};

} // namespace

std::span<const resource_form> server_forms() { return forms; }

} // namespace orch::app::cli
