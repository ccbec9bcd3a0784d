#include "actors/call_draft.hpp"

#include "core/byte_sizes.hpp"
#include "crypto/digest.hpp"
#include "mcp/redaction.hpp"

#include <algorithm>

namespace orch::actors {

namespace {

constexpr std::size_t name_max = 1 * kib;
constexpr std::size_t message_max = 8 * kib;

void cut(std::string& text, std::size_t bytes_max) {
    if (text.size() > bytes_max) {
        text.resize(bytes_max);
        text.shrink_to_fit();
    }
}

} // namespace

model::body capture_body(std::string_view json, std::size_t bytes_max) {
    model::body body;
    body.size = json.size();
    auto redacted = mcp::redact_secrets(json, bytes_max);
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
    cut(record.tool_name, name_max);
    cut(record.request_id, name_max);
    cut(record.error_message, message_max);
    bound_texts(record.caller);
}

void bound_texts(model::caller& caller) {
    cut(caller.client_name, name_max);
    cut(caller.client_version, name_max);
    cut(caller.user_agent, name_max);
}

std::string bounded_message(std::string message) {
    cut(message, message_max);
    return message;
}

call_ending ending_of(const mcp::call_outcome& outcome) {
    const auto verdict = mcp::classify(outcome);
    return {verdict.status, verdict.failure, outcome.rpc_code, outcome.rpc_message};
}

} // namespace orch::actors
