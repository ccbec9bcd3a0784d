#pragma once

#include "mcp/json_rpc.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace orch::mcp {

/// Messages of one batch at most.
inline constexpr std::size_t batch_messages_max = 100;

/// One message of a batch, with bytes of its own.
struct batch_message {
    std::string body;
    envelope parts;
};

/// Whether a body that is JSON is a batch.
[[nodiscard]] bool is_batch(std::string_view body) noexcept;

/// The messages of a batch, each validated as if it had come alone (JSON-RPC 2.0 §6; revision
/// 2025-03-26): requests and notifications, or responses only. A fault in one refuses all, so that
/// nothing of a faulty batch runs; `detail` says in which one. No `initialize`, which has to come
/// alone. Thread-safe; may reserve padding behind `text`.
[[nodiscard]] checked<std::vector<batch_message>>
parse_client_batch(std::string& text, const validation_limits& limits = {});

} // namespace orch::mcp
