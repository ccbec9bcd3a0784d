#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace orch::mcp {

inline constexpr std::string_view redaction_marker = "\"[redacted]\"";

/// The text as it was unless `changed`: then `json` holds another one.
struct redacted_text {
    std::string json;
    bool changed = false;
};

/// Replaces the values of members whose key names a secret (password, passwd, secret, token,
/// api_key, apikey, authorization, access_key, private_key, credential, cookie, and the like, case
/// and `-`/`_` ignored) at any depth by a marker. Objects and arrays under such a key go whole.
/// `progressToken`, `nextCursor` and counters such as `max_tokens` stay. `json` must be valid. Only
/// what stands in the first `kept` bytes of the outcome is sure to be looked at: whoever keeps no
/// more than that need not pay for the rest. Costs one pass over the keys, and no copy of a text
/// without such a key.
[[nodiscard]] redacted_text redact_secrets(std::string_view json,
                                           std::size_t kept = std::string_view::npos);

} // namespace orch::mcp
