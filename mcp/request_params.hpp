#pragma once

#include "core/model/catalogue.hpp"
#include "mcp/json_rpc.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace orch::mcp {

/// What the params of a request name: it decides which server the request goes to, and where the
/// name stands that a server knows by another one.
enum class request_target : std::uint8_t {
    tool,      ///< `params.name`
    prompt,    ///< `params.name`
    resource,  ///< `params.uri`
    reference, ///< `params.ref`: a prompt by `name`, or a resource or template by `uri`
    task,      ///< `params.taskId`
    nothing    ///< the endpoint's only server is meant
};

/// One request that servers answer, other than the lists.
struct routed_method {
    std::string_view method;
    request_target target = request_target::nothing;
    /// The member of the server's capabilities without which it has no such method.
    std::string_view capability;
};
/// Null for methods of no revision, lists, and those that are never passed on.
[[nodiscard]] const routed_method* find_routed(std::string_view method) noexcept;

/// The parts of a request's params that routing needs.
struct request_params {
    slice name;           ///< raw string token with quotes
    std::string named;    ///< decoded: the name, the URI or the id of a task
    slice arguments;      ///< raw object; absent when the client sent none
    slice progress_token; ///< raw token of `_meta.progressToken`
    slice task;           ///< raw value of `task`: the call is to be one
    slice related_task;   ///< raw value of `_meta["io.modelcontextprotocol/related-task"]`
    /// Of a `reference`: whether a prompt is meant.
    bool is_prompt = false;
};

/// Reads `params` of a validated message. `invalid_params` names the member that is missing, of the
/// wrong type or too long: names over `tool_name_max` bytes, URIs over 4,096, ids of tasks over
/// `sealed_task_bytes_max`, progress tokens over `token_bytes_max`.
[[nodiscard]] checked<request_params>
parse_request_params(std::string& text, const envelope& message, request_target target);

} // namespace orch::mcp
