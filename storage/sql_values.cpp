#include "storage/sql_values.hpp"

#include "core/utf8.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace orch::storage {

namespace {

using std::chrono::microseconds;
using std::chrono::system_clock;

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// The length of the character at `at` that PostgreSQL takes, 0 when there is none.
std::size_t character_length(std::string_view text, std::size_t at) noexcept {
    return text[at] == '\0' ? 0 : utf8_character_length(text, at);
}

} // namespace

bool is_clean(std::string_view text, std::size_t bytes_max) noexcept {
    return text.size() <= bytes_max && text.find('\0') == std::string_view::npos && is_utf8(text);
}

std::string clean_text(std::string_view text, std::size_t bytes_max) {
    std::string out;
    out.reserve(std::min(text.size(), bytes_max));
    std::size_t at = 0;
    while (at < text.size()) {
        const auto length = character_length(text, at);
        const auto piece = length == 0 ? replacement : text.substr(at, length);
        if (bytes_max - out.size() < piece.size()) {
            break;
        }
        out += piece;
        at += std::max<std::size_t>(length, 1);
    }
    return out;
}

std::string array_text(const std::vector<std::string>& elements) {
    std::string out = "{";
    for (const auto& element : elements) {
        out += out.size() > 1 ? ",\"" : "\"";
        for (const char c : clean_text(element)) {
            if (c == '"' || c == '\\') {
                out += '\\';
            }
            out += c;
        }
        out += '"';
    }
    return out += '}';
}

std::string contains_pattern(std::string_view text) {
    std::string out = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out += '%';
}

int parameter_list::null() { return borrow(nullptr); }

int parameter_list::text(const std::string& value, std::size_t bytes_max) {
    if (is_clean(value, bytes_max)) {
        return borrow(value.c_str());
    }
    return own(clean_text(value, bytes_max));
}

int parameter_list::time(const std::optional<system_clock::time_point>& value) {
    return value ? time(*value) : null();
}

int parameter_list::own(std::string value) {
    return borrow(owned_.emplace_back(std::move(value)).c_str());
}

int parameter_list::borrow(const char* value) {
    values_.push_back(value);
    return static_cast<int>(values_.size());
}

pqxx::binarystring binary(const std::string& bytes) { return pqxx::binarystring{bytes}; }

std::string time_column(std::string_view column) {
    return fmt::format("(extract(epoch FROM {}) * 1000000)::bigint", column);
}

system_clock::time_point read_time(const pqxx::field& field) {
    return system_clock::time_point{microseconds{field.as<std::int64_t>()}};
}

std::optional<system_clock::time_point> read_optional_time(const pqxx::field& field) {
    return field.is_null() ? std::nullopt : std::optional{read_time(field)};
}

uuid read_id(const pqxx::field& field) {
    return field.is_null() ? uuid{} : uuid::parse(field.c_str()).value_or(uuid{});
}

std::string read_text(const pqxx::field& field) { return {field.c_str(), field.size()}; }

std::string read_bytes(const pqxx::field& field) { return pqxx::binarystring{field}.str(); }

namespace {

/// What stands between quotes, the first of which is gone already.
std::string take_quoted(std::string_view& text) {
    std::string element;
    while (!text.empty() && text.front() != '"') {
        text.remove_prefix(text.front() == '\\' && text.size() > 1 ? 1 : 0);
        element += text.front();
        text.remove_prefix(1);
    }
    text.remove_prefix(text.empty() ? 0 : 1);
    return element;
}

std::string_view take_bare(std::string_view& text) {
    const auto element = text.substr(0, text.find_first_of(",}"));
    text.remove_prefix(element.size());
    return element;
}

} // namespace

// Not by libpqxx's array_parser: it also ends elements at ';' and takes single quotes for quotes,
// which PostgreSQL prints bare.
std::vector<std::string> read_array(const pqxx::field& field) {
    std::vector<std::string> out;
    std::string_view text = field.is_null() ? std::string_view{}
                                            : std::string_view{field.c_str(), field.size()};
    while (!text.empty() && text.front() != '}') {
        text.remove_prefix(1); // the brace or the comma before an element
        if (text.starts_with('"')) {
            text.remove_prefix(1);
            out.push_back(take_quoted(text));
        } else if (const auto bare = take_bare(text); !bare.empty() && bare != "NULL") {
            out.emplace_back(bare);
        }
    }
    return out;
}

} // namespace orch::storage
