#include "mcp/client_batch.hpp"

#include "mcp/json_walk.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace orch::mcp {

namespace {

message_fault refusal(int rpc_code, std::string detail) {
    return {rpc_code, std::move(detail), {}};
}

message_fault fault_of(const json_walk& walk, const validation_limits& limits) {
    const auto& fault = walk.fault();
    return fault.what == json_fault::kind::depth
               ? refusal(code::invalid_request, fmt::format("{}; at most {} levels are accepted",
                                                            fault.sentence(), limits.depth_max))
               : refusal(code::parse_error,
                         fmt::format("the body is not valid JSON: {}", fault.sentence()));
}

/// The places of the messages, in a text that is JSON as a whole. One parser reads at a time, so
/// they are taken apart when this is done.
checked<std::vector<slice>> split(std::string& text, const validation_limits& limits) {
    json_cursor cursor;
    // The array around the messages is no level of theirs.
    json_walk walk(cursor, text, limits.depth_max + 1);
    ondemand::array array;
    const auto opened = cursor.open(text);
    if (opened || cursor.document().get_array().get(array)) {
        return refusal(code::parse_error,
                       fmt::format("the body is not valid JSON: {}",
                                   opened ? describe(opened) : "an array is malformed"));
    }
    std::vector<slice> parts;
    const bool whole = walk.elements(array, 1, [&](ondemand::value& element) {
        const auto raw = walk.take(element, 1);
        if (raw && parts.size() <= batch_messages_max) {
            parts.push_back(slice_of(text, *raw));
        }
        return raw.has_value();
    });
    if (!whole) {
        return fault_of(walk, limits);
    }
    if (!cursor.at_end()) {
        return refusal(code::parse_error,
                       "the body is not valid JSON: something follows the batch");
    }
    return parts;
}

/// Why these messages cannot come together; empty when they can.
std::string misfit(const std::vector<batch_message>& messages) {
    const auto is_response = [](const batch_message& message) {
        return message.parts.kind == message_kind::response;
    };
    if (std::any_of(messages.begin(), messages.end(), is_response) &&
        !std::all_of(messages.begin(), messages.end(), is_response)) {
        return "the batch has responses beside requests or notifications";
    }
    const bool initializes = std::any_of(messages.begin(), messages.end(), [](const auto& message) {
        return message.parts.method.of(message.body) == "initialize";
    });
    return initializes ? "initialize cannot be part of a batch" : "";
}

} // namespace

bool is_batch(std::string_view body) noexcept {
    const auto first = body.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && body[first] == '[';
}

checked<std::vector<batch_message>> parse_client_batch(std::string& text,
                                                       const validation_limits& limits) {
    const auto places = split(text, limits);
    if (!places) {
        return places.error();
    }
    if (places->empty() || places->size() > batch_messages_max) {
        return refusal(code::invalid_request,
                       places->empty() ? "the batch is empty"
                                       : fmt::format("the batch has more than {} messages",
                                                     batch_messages_max));
    }
    std::vector<batch_message> messages;
    for (const auto& place : *places) {
        batch_message message{std::string(place.of(text)), {}};
        const auto parts = parse_client_message(message.body, limits);
        if (!parts) {
            return refusal(parts.error().rpc_code,
                           fmt::format("message {} of the batch: {}", messages.size() + 1,
                                       parts.error().detail));
        }
        message.parts = *parts;
        messages.push_back(std::move(message));
    }
    if (auto why = misfit(messages); !why.empty()) {
        return refusal(code::invalid_request, std::move(why));
    }
    return messages;
}

} // namespace orch::mcp
