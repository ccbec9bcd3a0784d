#pragma once

#include "api/context.hpp"

// The MCP endpoints: HTTP+SSE of 2024-11-05 and Streamable HTTP of 2025-03-26 to 2025-11-25, for
// one server and for all servers of a project.

namespace orch::api {

void open_server_sse(const context& context, const incoming_ptr& in);
void post_server_message(const context& context, const incoming_ptr& in);
void open_unified_sse(const context& context, const incoming_ptr& in);
void post_unified_message(const context& context, const incoming_ptr& in);

void post_server_mcp(const context& context, const incoming_ptr& in);
void get_server_mcp(const context& context, const incoming_ptr& in);
void delete_server_mcp(const context& context, const incoming_ptr& in);
void post_unified_mcp(const context& context, const incoming_ptr& in);
void get_unified_mcp(const context& context, const incoming_ptr& in);
void delete_unified_mcp(const context& context, const incoming_ptr& in);

} // namespace orch::api
