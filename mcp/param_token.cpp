#include "mcp/param_token.hpp"

#include <simdjson.h>

namespace orch::mcp {

namespace {

std::string_view without_trailing_blanks(std::string_view token) noexcept {
    const auto last = token.find_last_not_of(" \t\r\n");
    return last == std::string_view::npos ? std::string_view{} : token.substr(0, last + 1);
}

} // namespace

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
    const auto token = without_trailing_blanks(value.raw_json_token());
    return {static_cast<std::size_t>(token.data() - text.data()), token.size()};
}

} // namespace orch::mcp
