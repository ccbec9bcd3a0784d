#include "actors/call_draft.hpp"

#include "core/byte_sizes.hpp"
#include "crypto/digest.hpp"
#include "mcp/redaction.hpp"

#include <algorithm>

namespace orch::actors {

model::body capture_body(std::string_view json, std::size_t bytes_max) {
    model::body body;
    body.size = json.size();
    auto redacted = mcp::redact_secrets(json);
    body.redacted = redacted.changed;
    const std::string_view kept = redacted.changed ? std::string_view(redacted.json) : json;
    if (kept.size() > bytes_max) {
        body.truncated = true;
        body.sha256 = crypto::sha256(json);
    }
    body.bytes = kept.substr(0, bytes_max);
    return body;
}

void bound_texts(model::call_record& record) {
    constexpr std::size_t name_max = 1 * kib;
    constexpr std::size_t message_max = 8 * kib;
    auto& caller = record.caller;
    for (auto* text : {&record.tool_name, &record.request_id, &caller.client_name,
                       &caller.client_version, &caller.user_agent}) {
        text->resize(std::min(text->size(), name_max));
    }
    record.error_message.resize(std::min(record.error_message.size(), message_max));
}

call_ending ending_of(const mcp::call_outcome& outcome) {
    const auto verdict = mcp::classify(outcome);
    return {verdict.status, verdict.failure, outcome.rpc_code, outcome.rpc_message};
}

} // namespace orch::actors
