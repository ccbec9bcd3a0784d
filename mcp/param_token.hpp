#pragma once

#include "mcp/json_rpc.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orch::mcp {

/// Where the value of `params.<key>` stands in a message, as raw bytes; absent when there is no
/// such member. For the one field that a notification is routed by, e.g. `requestId` of
/// `notifications/cancelled` or `progressToken` of `notifications/progress`.
[[nodiscard]] slice param_token(std::string& text, const envelope& message, std::string_view key);

/// The same, but absent when the params hold the key twice or in another spelling as well: whoever
/// puts another value in its place must know that every reader takes it from there.
[[nodiscard]] slice sole_param_token(std::string& text, const envelope& message,
                                     std::string_view key);

/// The bytes of `params.<key>` between its quotes, escapes as they stand; empty when it is no
/// string. For values that need no escapes, e.g. the level of a log message.
[[nodiscard]] std::string_view param_word(std::string& text, const envelope& message,
                                          std::string_view key);

/// What a raw id or progress token says if it is one that we gave out: those are plain numbers.
[[nodiscard]] std::optional<std::uint64_t> own_number(std::string_view token) noexcept;

} // namespace orch::mcp
