#include "mcp/json_cursor.hpp"
#include "mcp/json_rpc.hpp"
#include "mcp/protocol_keys.hpp"

#include <fmt/core.h>

#include <array>

namespace orch::mcp {

namespace {

enum top_key { jsonrpc_key, id_key, method_key, params_key, result_key, error_key };
constexpr std::array<std::string_view, 6> top_names{"jsonrpc", "id",     "method",
                                                    "params",  "result", "error"};

error violation(std::string_view reason) {
    return {errc::protocol_violation, fmt::format("the line is no JSON-RPC message: {}", reason)};
}

bool is_nested(std::string_view raw) { return raw.starts_with('{') || raw.starts_with('['); }

bool is_value(std::string_view raw) {
    return is_nested(raw) || is_string(raw) || is_json_number(raw) || raw == "true" ||
           raw == "false" || raw == "null";
}

using top_values = std::array<std::string_view, top_names.size()>;

/// What the values say that routing needs; empty when they are as they should be.
std::string_view shape_fault(const top_values& values) {
    const bool calls = !values[method_key].empty();
    const bool answers = !values[result_key].empty() || !values[error_key].empty();
    const bool null_id = values[id_key] == "null";
    if (values[jsonrpc_key] != "\"2.0\"") {
        return "\"jsonrpc\" is not \"2.0\"";
    }
    if (!values[id_key].empty() && !null_id && !is_string(values[id_key]) &&
        !is_json_integer(values[id_key])) {
        return "\"id\" is neither a string nor an integer";
    }
    if (calls == answers) {
        return calls ? "it is both a request and a response"
                     : "it is neither a request nor a response";
    }
    if (calls && (!is_string(values[method_key]) || values[method_key].size() == 2 ||
                  values[method_key].find('\\') != std::string_view::npos)) {
        return "\"method\" is not a plain string";
    }
    if (!values[params_key].empty() && !is_nested(values[params_key])) {
        return "\"params\" is neither an object nor an array";
    }
    if (!values[result_key].empty() && !values[error_key].empty()) {
        return "it has both \"result\" and \"error\"";
    }
    if (!values[result_key].empty() && !is_value(values[result_key])) {
        return "\"result\" is no JSON value";
    }
    if (!values[error_key].empty() && !values[error_key].starts_with('{')) {
        return "\"error\" is not an object";
    }
    const bool named = !values[id_key].empty() && !null_id;
    // Only an answer to something unreadable may come without its id.
    return named || (calls && !null_id) || !values[error_key].empty() ? "" : "\"id\" is missing";
}

envelope envelope_of(std::string_view line, const top_values& values) {
    const auto place = [&](top_key key) {
        return values[key].empty() ? slice{} : slice_of(line, values[key]);
    };
    envelope message;
    message.id = values[id_key] == "null" ? slice{} : place(id_key);
    message.params = place(params_key);
    message.result = place(result_key);
    message.error = place(error_key);
    if (values[method_key].empty()) {
        message.kind = message_kind::response;
    } else {
        const slice quoted = place(method_key);
        message.method = {quoted.offset + 1, quoted.size - 2};
        message.kind = message.id.present() ? message_kind::request : message_kind::notification;
    }
    return message;
}

} // namespace

result<envelope> parse_server_line(std::string& line) {
    json_cursor cursor;
    ondemand::object object;
    auto failure = cursor.open(line);
    if (!failure) {
        failure = cursor.object().get(object);
    }
    if (failure) {
        return violation(describe(failure));
    }
    protocol_keys keys(top_names, "the message");
    top_values values;
    const bool whole = for_each_member(object, [&](std::string_view key, ondemand::value& value) {
        const int index = keys.note(key);
        if (index == protocol_keys::other) {
            return true;
        }
        auto& raw = values[static_cast<std::size_t>(index)];
        raw = raw_value(value);
        return !raw.empty();
    });
    if (!whole) {
        return violation("an object or array is malformed");
    }
    if (!cursor.at_end()) {
        return violation("something follows the message");
    }
    if (!keys.complaint().empty()) {
        return violation(keys.complaint());
    }
    if (const auto fault = shape_fault(values); !fault.empty()) {
        return violation(fault);
    }
    return envelope_of(line, values);
}

} // namespace orch::mcp
