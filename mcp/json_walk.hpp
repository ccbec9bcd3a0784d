#pragma once

#include "mcp/json_cursor.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace orch::mcp {

/// Why a text is not acceptable JSON. `reason` is a clause such as "a number is malformed".
struct json_fault {
    enum class kind { syntax, depth };
    kind what = kind::syntax;
    std::string_view reason;
    std::size_t offset = 0;

    /// "<reason> near byte <offset>"
    [[nodiscard]] std::string sentence() const;
};

/// Reads every value of a text opened with `json_cursor`, so that all of it is checked: what the
/// tokenizer leaves open are numbers, literals, escapes and the kinds of brackets. Numbers and
/// escaped lone surrogates pass whatever their range, since they are forwarded and not computed
/// with; that is why the library's own tree cannot be the judge. Lives as long as one reading.
class json_walk {
public:
    /// `text` is the one that `cursor` opens.
    json_walk(json_cursor& cursor, const std::string& text, std::size_t depth_max) noexcept
        : cursor_(cursor), text_(text), depth_max_(depth_max) {}

    /// Reads `value` with everything in it; its container is at `depth`.
    [[nodiscard]] bool check(ondemand::value& value, std::size_t depth);
    /// The same, and tells the bytes of the value.
    [[nodiscard]] std::optional<std::string_view> take(ondemand::value& value, std::size_t depth);

    /// Reads `object` at `depth` and leaves its values to `on_member(key, value)`.
    template <class OnMember>
    [[nodiscard]] bool members(ondemand::object object, std::size_t depth, OnMember&& on_member);
    /// Reads `array` at `depth` and leaves its elements to `on_element(value)`.
    template <class OnElement>
    [[nodiscard]] bool elements(ondemand::array array, std::size_t depth, OnElement&& on_element);

    /// The bytes from `start` to what the walk read last.
    [[nodiscard]] std::string_view read_since(const char* start);

    /// The first fault, once a function answered false.
    [[nodiscard]] const json_fault& fault() const noexcept { return fault_; }
    [[nodiscard]] bool fail(std::string_view reason, const char* where,
                            json_fault::kind what = json_fault::kind::syntax);

private:
    [[nodiscard]] bool check_scalar(std::string_view token);
    [[nodiscard]] bool check_depth(std::size_t depth);

    json_cursor& cursor_;
    const std::string& text_; // by reference: opening may move its bytes
    std::size_t depth_max_;
    const char* last_ = nullptr; ///< the token read last
    json_fault fault_;
};

template <class OnMember>
bool json_walk::members(ondemand::object object, std::size_t depth, OnMember&& on_member) {
    if (!check_depth(depth)) {
        return false;
    }
    for (auto field : object) {
        ondemand::raw_json_string raw_key;
        if (field.key().get(raw_key)) {
            return fail("an object is malformed", last_);
        }
        const std::string_view key = key_text(raw_key);
        last_ = key.data();
        ondemand::value value;
        if (field.value().get(value)) {
            return fail("an object is malformed", last_);
        }
        if (!has_valid_escapes(key)) {
            return fail("a key holds a malformed escape", last_);
        }
        if (!on_member(key, value)) {
            return false;
        }
    }
    return true;
}

template <class OnElement>
bool json_walk::elements(ondemand::array array, std::size_t depth, OnElement&& on_element) {
    if (!check_depth(depth)) {
        return false;
    }
    for (auto element : array) {
        ondemand::value value;
        if (element.get(value)) {
            return fail("an array is malformed", last_);
        }
        if (!on_element(value)) {
            return false;
        }
    }
    return true;
}

} // namespace orch::mcp
