#include "mcp/json_walk.hpp"

#include <fmt/core.h>

namespace orch::mcp {

std::string json_fault::sentence() const { return fmt::format("{} near byte {}", reason, offset); }

bool json_walk::check(ondemand::value& value, std::size_t depth) {
    const std::string_view token = value.raw_json_token();
    last_ = token.data();
    if (token.starts_with('{')) {
        ondemand::object object;
        if (value.get_object().get(object)) {
            return fail("an object is malformed", last_);
        }
        return members(object, depth + 1, [&](std::string_view, ondemand::value& member) {
            return check(member, depth + 1);
        });
    }
    if (token.starts_with('[')) {
        ondemand::array array;
        if (value.get_array().get(array)) {
            return fail("an array is malformed", last_);
        }
        return elements(array, depth + 1,
                        [&](ondemand::value& element) { return check(element, depth + 1); });
    }
    return check_scalar(token);
}

std::optional<std::string_view> json_walk::take(ondemand::value& value, std::size_t depth) {
    const std::string_view token = value.raw_json_token();
    if (!check(value, depth)) {
        return std::nullopt;
    }
    const bool nested = token.starts_with('{') || token.starts_with('[');
    return nested ? read_since(token.data()) : without_trailing_blanks(token);
}

std::string_view json_walk::read_since(const char* start) {
    const char* end = nullptr;
    if (cursor_.document().current_location().get(end)) {
        end = text_.data() + text_.size();
    }
    return without_trailing_blanks({start, static_cast<std::size_t>(end - start)});
}

bool json_walk::check_scalar(std::string_view token) {
    const std::string_view scalar = without_trailing_blanks(token);
    if (scalar.starts_with('"')) {
        if (!is_string(scalar)) {
            return fail("a string is malformed", token.data());
        }
        return has_valid_escapes(scalar.substr(1, scalar.size() - 2)) ||
               fail("a string holds a malformed escape", token.data());
    }
    if (scalar == "true" || scalar == "false" || scalar == "null" || is_json_number(scalar)) {
        return true;
    }
    const bool numeric = scalar.find_first_of("-0123456789") == 0;
    return fail(numeric ? "a number is malformed" : "a value is malformed", token.data());
}

bool json_walk::check_depth(std::size_t depth) {
    return depth <= depth_max_ ||
           fail("objects and arrays are nested too deep", last_, json_fault::kind::depth);
}

bool json_walk::fail(std::string_view reason, const char* where, json_fault::kind what) {
    const std::size_t offset = where == nullptr ? 0
                                                : static_cast<std::size_t>(where - text_.data());
    fault_ = {what, reason, offset};
    return false;
}

} // namespace orch::mcp
