#include "mcp/json_cursor.hpp"

#include <algorithm>

namespace orch::mcp {

namespace {

/// A result of 1 MiB and what stands around it.
constexpr std::size_t kept_capacity = (std::size_t{1} << 20) + (std::size_t{1} << 16);

ondemand::parser& thread_parser() {
    thread_local ondemand::parser parser;
    return parser;
}

} // namespace

simdjson::error_code json_cursor::open(std::string& text, slice where) {
    if (text.capacity() - text.size() < simdjson::SIMDJSON_PADDING) {
        text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    }
    if (where.size > kept_capacity) {
        own_ = std::make_unique<ondemand::parser>();
    }
    ondemand::parser& parser = own_ ? *own_ : thread_parser();
    if (parser.capacity() < where.size) {
        // Grown by doubling: exact sizes would allocate anew for every slightly longer text.
        const std::size_t doubled = std::min(2 * parser.capacity(), kept_capacity);
        const std::size_t wanted = std::max({where.size, doubled, std::size_t{4096}});
        if (const auto failure = parser.allocate(wanted)) {
            return failure;
        }
    }
    const simdjson::padded_string_view padded(text.data() + where.offset, where.size,
                                              text.capacity() - where.offset);
    return parser.iterate(padded).get(document_);
}

std::string_view describe(simdjson::error_code failure) noexcept {
    switch (failure) {
    case simdjson::EMPTY: return "it is empty";
    case simdjson::UTF8_ERROR: return "it is not UTF-8";
    case simdjson::UNCLOSED_STRING: return "a string has no closing quote";
    case simdjson::UNESCAPED_CHARS: return "a string holds a raw control character";
    case simdjson::INCORRECT_TYPE: return "it is not an object";
    case simdjson::CAPACITY: return "it is too large";
    default: return "it ends early or brackets do not match";
    }
}

std::string_view key_text(ondemand::raw_json_string key) noexcept {
    // The tokenizer has seen the closing quote, so the loop ends inside of the text.
    const char* const begin = key.raw();
    const char* end = begin;
    while (*end != '"') {
        end += *end == '\\' ? 2 : 1;
    }
    return {begin, static_cast<std::size_t>(end - begin)};
}

std::string_view raw_value(ondemand::value& value) {
    const std::string_view token = value.raw_json_token();
    std::string_view raw;
    if (token.starts_with('{')) {
        ondemand::object object;
        if (value.get_object().get(object) || object.raw_json().get(raw)) {
            return {};
        }
        return without_trailing_blanks(raw);
    }
    if (token.starts_with('[')) {
        ondemand::array array;
        if (value.get_array().get(array) || array.raw_json().get(raw)) {
            return {};
        }
        return without_trailing_blanks(raw);
    }
    return without_trailing_blanks(token);
}

bool is_string(std::string_view raw) noexcept {
    return raw.size() >= 2 && raw.front() == '"' && raw.back() == '"';
}

std::string string_value(std::string_view raw) {
    return is_string(raw) ? decode_json_string(raw.substr(1, raw.size() - 2)) : std::string{};
}

} // namespace orch::mcp
