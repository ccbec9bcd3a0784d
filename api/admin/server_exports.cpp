#include "api/admin/handlers.hpp"
#include "api/problem.hpp"

#include "mcp/client_config.hpp"

namespace orch::api {

void export_servers(const context& /*context*/, const incoming_ptr& in) {
    const auto format = mcp::parse_config_format(in->request.query_value("format").value_or(""));
    if (!format) {
        in->exchange->respond(problem(400, "format: claude, cline, cursor or vscode"));
        return;
    }
    std::vector<const model::server_definition*> servers;
    for (const auto* server : in->registry->servers_of(in->project->id)) {
        servers.push_back(&server->definition);
    }
    in->exchange->respond(json_response(mcp::export_client_config(servers, *format)));
}

} // namespace orch::api
