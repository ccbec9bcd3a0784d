#include "api/routes.hpp"

#include "api/admin/handlers.hpp"
#include "api/mcp/endpoints.hpp"

#include <array>

namespace orch::api {

namespace {

constexpr std::array table{
    // System
    route{"GET", "/", access::open, about},
    route{"GET", "/health", access::open, health},
    route{"GET", "/livez", access::open, livez},
    route{"GET", "/readyz", access::open, readyz},
    route{"GET", "/metrics", access::open, metrics},

    // MCP: one server, HTTP+SSE and its historic spellings
    route{"GET", "/projects/{project}/servers/{server}/sse", access::project, open_server_sse},
    route{"GET", "/projects/{project}/servers/{server}/bridge/sse", access::project,
          open_server_sse},
    route{"GET", "/projects/{project}/servers/{server}/transport/sse", access::project,
          open_server_sse},
    route{"GET", "/projects/{project}/servers/{server}/standard/sse", access::project,
          open_server_sse},
    route{"POST", "/projects/{project}/servers/{server}/messages", access::project,
          post_server_message},
    route{"POST", "/projects/{project}/servers/{server}/bridge/messages", access::project,
          post_server_message},
    route{"POST", "/projects/{project}/servers/{server}/transport/messages", access::project,
          post_server_message},
    route{"POST", "/projects/{project}/servers/{server}/standard/messages", access::project,
          post_server_message},
    // MCP: one server, Streamable HTTP
    route{"POST", "/projects/{project}/servers/{server}/mcp", access::project, post_server_mcp},
    route{"GET", "/projects/{project}/servers/{server}/mcp", access::project, get_server_mcp},
    route{"DELETE", "/projects/{project}/servers/{server}/mcp", access::project, delete_server_mcp},
    // MCP: all servers of a project
    route{"GET", "/projects/{project}/unified/sse", access::project, open_unified_sse},
    route{"POST", "/projects/{project}/unified/messages", access::project, post_unified_message},
    route{"POST", "/projects/{project}/unified/mcp", access::project, post_unified_mcp},
    route{"GET", "/projects/{project}/unified/mcp", access::project, get_unified_mcp},
    route{"DELETE", "/projects/{project}/unified/mcp", access::project, delete_unified_mcp},
    route{"POST", "/projects/{project}/unified/streamable", access::project, post_unified_mcp},
    route{"GET", "/projects/{project}/unified/streamable", access::project, get_unified_mcp},
    route{"DELETE", "/projects/{project}/unified/streamable", access::project, delete_unified_mcp},
    route{"POST", "/projects/{project}/unified/mcp/fast", access::project, post_unified_mcp},
    route{"GET", "/projects/{project}/unified/mcp/fast", access::project, get_unified_mcp},
    route{"DELETE", "/projects/{project}/unified/mcp/fast", access::project, delete_unified_mcp},

    // REST
    route{"GET", "/api/projects", access::member, list_projects},
    route{"GET", "/api/projects/{project}", access::project, show_project},
    route{"GET", "/api/projects/{project}/servers", access::project, list_servers},
    route{"POST", "/api/projects/{project}/servers/import", access::admin, import_servers},
    route{"POST", "/api/projects/{project}/servers/refresh-status", access::admin, refresh_all},
    route{"GET", "/api/projects/{project}/servers/{server}", access::project, show_server},
    route{"POST", "/api/projects/{project}/servers/{server}/refresh-status", access::admin,
          refresh_one},
    route{"GET", "/api/projects/{project}/servers/{server}/logs", access::project, list_server_log},
    route{"POST", "/api/projects/{project}/servers/{server}/tools/{tool}/execute", access::project,
          execute_tool},
    route{"GET", "/api/projects/{project}/sessions", access::project, list_sessions},
    route{"GET", "/api/projects/{project}/api-keys", access::admin, list_keys},
    route{"POST", "/api/projects/{project}/api-keys", access::admin, create_key},
    route{"GET", "/api/tool-call-logs", access::member, list_calls},
    route{"GET", "/api/tool-call-logs/metrics", access::member, measure_calls},
    route{"GET", "/api/tool-call-logs/{call}", access::member, show_call},
};

} // namespace

std::span<const route> routes() { return table; }

} // namespace orch::api
