#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace orch::mcp {

inline constexpr std::string_view redaction_marker = "\"[redacted]\"";

struct redacted_text {
    std::string json;
    bool changed = false;
};

/// Replaces the values of members whose key names a secret (password, passwd, secret, token,
/// api_key, apikey, authorization, access_key, private_key, credential, cookie, and the like, case
/// and
/// `-`/`_` ignored) at any depth by a marker. Objects and arrays under such a key go whole.
/// `progressToken`, `nextCursor` and counters such as `max_tokens` stay. `json` must be valid.
/// Costs one pass over the keys; a text without such a key is not copied twice.
[[nodiscard]] redacted_text redact_secrets(std::string_view json);

} // namespace orch::mcp
