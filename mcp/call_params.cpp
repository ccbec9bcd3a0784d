#include "mcp/json_cursor.hpp"
#include "mcp/json_rpc.hpp"
#include "mcp/tool_name.hpp"

#include <fmt/core.h>

namespace orch::mcp {

namespace {

message_fault invalid_params(std::string_view detail, std::string_view id) {
    return {code::invalid_params, std::string(detail), std::string(id)};
}

slice read_progress_token(std::string_view text, ondemand::value& meta) {
    slice token;
    ondemand::object object;
    if (!meta.raw_json_token().starts_with('{') || meta.get_object().get(object)) {
        return token;
    }
    for_each_member(object, [&](std::string_view key, ondemand::value& value) {
        if (key == "progressToken") {
            token = slice_of(text, raw_value(value));
        }
        return true;
    });
    return token;
}

} // namespace

checked<call_params> parse_call_params(std::string& text, const envelope& message) {
    json_cursor cursor;
    ondemand::object object;
    if (!message.params.of(text).starts_with('{') || cursor.open(text, message.params) ||
        cursor.object().get(object)) {
        return invalid_params("\"params\" is missing or not an object", message.id.of(text));
    }
    call_params params;
    const bool whole = for_each_member(object, [&](std::string_view key, ondemand::value& value) {
        if (key == "name") {
            params.name = slice_of(text, raw_value(value));
        } else if (key == "arguments") {
            params.arguments = slice_of(text, raw_value(value));
        } else if (key == "_meta") {
            params.progress_token = read_progress_token(text, value);
        }
        return true;
    });
    if (!whole) {
        return invalid_params("\"params\" is malformed", message.id.of(text));
    }
    const std::string_view name = params.name.of(text);
    if (!is_string(name)) {
        return invalid_params("\"params.name\" is missing or not a string", message.id.of(text));
    }
    if (params.arguments.present() && !params.arguments.of(text).starts_with('{')) {
        return invalid_params("\"params.arguments\" is not an object", message.id.of(text));
    }
    if (params.progress_token.size > token_bytes_max) {
        return invalid_params(
            fmt::format("\"params._meta.progressToken\" is longer than {} bytes", token_bytes_max),
            message.id.of(text));
    }
    params.tool = string_value(name);
    if (params.tool.size() > tool_name_max) {
        return invalid_params(fmt::format("\"params.name\" is longer than {} bytes", tool_name_max),
                              message.id.of(text));
    }
    return params;
}

} // namespace orch::mcp
