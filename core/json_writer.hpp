#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace orch {

/// Appends `text` as a JSON string with quotes. Bytes that are not UTF-8 become U+FFFD, so the
/// output is always valid JSON.
void append_json_string(std::string& out, std::string_view text);

/// Appends JSON to a string it does not own, without building a tree. Commas are placed by the
/// writer; nesting is the caller's duty. For small fixed shapes on hot paths.
class json_writer {
public:
    explicit json_writer(std::string& out) : out_(out) {}

    json_writer& begin_object() { return open('{'); }
    json_writer& end_object() { return close('}'); }
    json_writer& begin_array() { return open('['); }
    json_writer& end_array() { return close(']'); }
    json_writer& key(std::string_view name);

    json_writer& string(std::string_view text);
    /// Text that is JSON already.
    json_writer& raw(std::string_view json);
    json_writer& boolean(bool value) { return raw(value ? "true" : "false"); }
    json_writer& null() { return raw("null"); }
    template <std::integral Number>
    json_writer& number(Number value) {
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        return raw({digits, static_cast<std::size_t>(end - digits)});
    }
    json_writer& number(double value);

private:
    json_writer& open(char bracket);
    json_writer& close(char bracket);
    void separate();

    std::string& out_;
    bool need_comma_ = false;
};

/// Turns raw line breaks into blanks. In valid JSON they stand only between tokens.
void blank_line_breaks(std::string& json) noexcept;

} // namespace orch
