#include "mcp/param_token.hpp"

#include "mcp/json_cursor.hpp"
#include "mcp/protocol_keys.hpp"

#include <simdjson.h>

#include <array>
#include <charconv>

namespace orch::mcp {

slice param_token(std::string& text, const envelope& message, std::string_view key) {
    if (!message.params.present() || text[message.params.offset] != '{') {
        return {};
    }
    thread_local simdjson::ondemand::parser parser;
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::document document;
    const auto params = message.params.of(text);
    const simdjson::padded_string_view padded(params.data(), params.size(),
                                              text.capacity() - message.params.offset);
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS) {
        return {};
    }
    simdjson::ondemand::value value;
    if (document.find_field_unordered(key).get(value) != simdjson::SUCCESS) {
        return {};
    }
    const auto token = raw_value(value);
    if (token.empty()) {
        return {};
    }
    return {static_cast<std::size_t>(token.data() - text.data()), token.size()};
}

slice sole_param_token(std::string& text, const envelope& message, std::string_view key) {
    json_cursor cursor;
    ondemand::object object;
    if (!message.params.of(text).starts_with('{') || cursor.open(text, message.params) ||
        cursor.object().get(object)) {
        return {};
    }
    const std::array<std::string_view, 1> names{key};
    protocol_keys keys(names, "params");
    slice token;
    const bool whole = for_each_member(object, [&](std::string_view name, ondemand::value& value) {
        const auto raw = raw_value(value);
        if (keys.note(name) != protocol_keys::other) {
            token = slice_of(text, raw);
        }
        return !raw.empty();
    });
    return whole && keys.complaint().empty() ? token : slice{};
}

std::string_view param_word(std::string& text, const envelope& message, std::string_view key) {
    const auto token = param_token(text, message, key).of(text);
    return is_string(token) ? token.substr(1, token.size() - 2) : std::string_view{};
}

std::optional<std::uint64_t> own_number(std::string_view token) noexcept {
    std::uint64_t number = 0;
    const auto* const end = token.data() + token.size();
    const auto [stop, failure] = std::from_chars(token.data(), end, number);
    return failure == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

} // namespace orch::mcp
