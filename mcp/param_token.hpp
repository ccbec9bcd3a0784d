#pragma once

#include "mcp/json_rpc.hpp"

#include <string>
#include <string_view>

namespace orch::mcp {

/// Where the value of `params.<key>` stands in a message, as a raw token; absent when there is no
/// such member. For the one field that a notification is routed by, e.g. `requestId` of
/// `notifications/cancelled` or `progressToken` of `notifications/progress`.
[[nodiscard]] slice param_token(std::string& text, const envelope& message, std::string_view key);

} // namespace orch::mcp
