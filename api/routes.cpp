#include "api/routes.hpp"

#include "api/admin/handlers.hpp"
#include "api/identity/handlers.hpp"
#include "api/mcp/endpoints.hpp"
#include "api/openapi/document.hpp"

#include <array>

namespace orch::api {

namespace {

constexpr std::array table{
    // System
    route{"GET", "/", permission::open, about},
    route{"GET", "/health", permission::open, health},
    route{"GET", "/livez", permission::open, livez},
    route{"GET", "/readyz", permission::open, readyz},
    route{"GET", "/metrics", permission::open, metrics},
    route{"GET", "/openapi.json", permission::open, show_openapi},

    // MCP: one server, HTTP+SSE and its historic spellings
    route{"GET", "/projects/{project}/servers/{server}/sse", permission::call_tools,
          open_server_sse},
    route{"GET", "/projects/{project}/servers/{server}/bridge/sse", permission::call_tools,
          open_server_sse},
    route{"GET", "/projects/{project}/servers/{server}/transport/sse", permission::call_tools,
          open_server_sse},
    route{"GET", "/projects/{project}/servers/{server}/standard/sse", permission::call_tools,
          open_server_sse},
    route{"POST", "/projects/{project}/servers/{server}/messages", permission::call_tools,
          post_server_message},
    route{"POST", "/projects/{project}/servers/{server}/bridge/messages", permission::call_tools,
          post_server_message},
    route{"POST", "/projects/{project}/servers/{server}/transport/messages", permission::call_tools,
          post_server_message},
    route{"POST", "/projects/{project}/servers/{server}/standard/messages", permission::call_tools,
          post_server_message},
    // MCP: one server, Streamable HTTP
    route{"POST", "/projects/{project}/servers/{server}/mcp", permission::call_tools,
          post_server_mcp},
    route{"GET", "/projects/{project}/servers/{server}/mcp", permission::call_tools,
          get_server_mcp},
    route{"DELETE", "/projects/{project}/servers/{server}/mcp", permission::call_tools,
          delete_server_mcp},
    // MCP: all servers of a project
    route{"GET", "/projects/{project}/unified/sse", permission::call_tools, open_unified_sse},
    route{"POST", "/projects/{project}/unified/messages", permission::call_tools,
          post_unified_message},
    route{"POST", "/projects/{project}/unified/mcp", permission::call_tools, post_unified_mcp},
    route{"GET", "/projects/{project}/unified/mcp", permission::call_tools, get_unified_mcp},
    route{"DELETE", "/projects/{project}/unified/mcp", permission::call_tools, delete_unified_mcp},
    route{"POST", "/projects/{project}/unified/streamable", permission::call_tools,
          post_unified_mcp},
    route{"GET", "/projects/{project}/unified/streamable", permission::call_tools, get_unified_mcp},
    route{"DELETE", "/projects/{project}/unified/streamable", permission::call_tools,
          delete_unified_mcp},
    route{"POST", "/projects/{project}/unified/mcp/fast", permission::call_tools, post_unified_mcp},
    route{"GET", "/projects/{project}/unified/mcp/fast", permission::call_tools, get_unified_mcp},
    route{"DELETE", "/projects/{project}/unified/mcp/fast", permission::call_tools,
          delete_unified_mcp},

    // Accounts
    route{"GET", "/setup", permission::open, show_set_up_page},
    route{"GET", "/setup.js", permission::open, show_set_up_script},
    route{"POST", "/api/setup", permission::open, set_up},
    route{"POST", "/api/users/signup", permission::open, sign_up},
    route{"POST", "/api/users/login", permission::open, log_in},
    route{"POST", "/api/users/logout", permission::own_account, log_out},
    route{"GET", "/api/profile", permission::own_account, show_profile},
    route{"PUT", "/api/profile", permission::own_account, update_profile},
    route{"PUT", "/api/profile/password", permission::own_account, change_password},
    route{"GET", "/api/users/admin", permission::administer, list_users},

    // REST
    route{"GET", "/api/projects", permission::signed_in, list_projects},
    route{"POST", "/api/projects", permission::create_projects, create_project},
    route{"GET", "/api/projects/{project}", permission::read_project, show_project},
    route{"PUT", "/api/projects/{project}", permission::write_project, update_project},
    route{"DELETE", "/api/projects/{project}", permission::delete_project, delete_project},
    route{"GET", "/api/projects/{project}/members", permission::read_members, list_members},
    route{"POST", "/api/projects/{project}/members", permission::write_members, invite_member},
    route{"PUT", "/api/projects/{project}/members/{member}", permission::write_members,
          update_member},
    route{"DELETE", "/api/projects/{project}/members/{member}", permission::write_members,
          remove_member},
    route{"GET", "/api/projects/{project}/activities", permission::read_members, list_activities},
    route{"GET", "/api/projects/{project}/explain", permission::write_members, explain},
    route{"GET", "/api/projects/{project}/servers", permission::read_project, list_servers},
    route{"POST", "/api/projects/{project}/servers/import", permission::write_servers,
          import_servers},
    route{"POST", "/api/projects/{project}/servers/refresh-status", permission::check_servers,
          refresh_all},
    route{"GET", "/api/projects/{project}/servers/{server}", permission::read_project, show_server},
    route{"POST", "/api/projects/{project}/servers/{server}/refresh-status",
          permission::check_servers, refresh_one},
    route{"GET", "/api/projects/{project}/servers/{server}/logs", permission::read_project,
          list_server_log},
    route{"POST", "/api/projects/{project}/servers/{server}/tools/{tool}/execute",
          permission::call_tools, execute_tool},
    route{"GET", "/api/projects/{project}/sessions", permission::read_project, list_sessions},
    route{"GET", "/api/projects/{project}/api-keys", permission::read_keys, list_keys},
    route{"POST", "/api/projects/{project}/api-keys", permission::write_keys, create_key},
    route{"GET", "/api/activities", permission::administer, list_activities},
    route{"GET", "/api/tool-call-logs", permission::signed_in, list_calls},
    route{"GET", "/api/tool-call-logs/metrics", permission::signed_in, measure_calls},
    route{"GET", "/api/tool-call-logs/{call}", permission::signed_in, show_call},
};

} // namespace

std::span<const route> routes() { return table; }

} // namespace orch::api
