#pragma once

#include "mcp/json_rpc.hpp"
#include "mcp/json_text.hpp"

#include <simdjson.h>

#include <memory>
#include <string>
#include <string_view>

namespace orch::mcp {

namespace ondemand = simdjson::ondemand;

/// Opens texts with the calling thread's parser. Texts well above 1 MiB get a parser of their own,
/// so that no thread keeps memory for the largest message it ever saw. Only one document per thread
/// may be open at a time. Sees only structure: values that nobody reads are not validated.
class json_cursor {
public:
    /// Opens `where` of `text`; reserves the padding that the parser reads behind it.
    [[nodiscard]] simdjson::error_code open(std::string& text, slice where);
    [[nodiscard]] simdjson::error_code open(std::string& text) {
        return open(text, {0, text.size()});
    }

    [[nodiscard]] ondemand::document& document() noexcept { return document_; }
    /// The top-level object; an error when the text is something else.
    [[nodiscard]] simdjson::simdjson_result<ondemand::object> object() {
        return document_.get_object();
    }
    /// Whether everything up to the last byte was consumed.
    [[nodiscard]] bool at_end() {
        return document_.current_location().error() == simdjson::OUT_OF_BOUNDS;
    }

private:
    std::unique_ptr<ondemand::parser> own_;
    ondemand::document document_;
};

/// Why a text could not be opened, as a clause such as "it is not UTF-8".
[[nodiscard]] std::string_view describe(simdjson::error_code failure) noexcept;

/// The bytes of a key between its quotes, escapes as they stand.
[[nodiscard]] std::string_view key_text(ondemand::raw_json_string key) noexcept;

/// The bytes of a value without blanks behind it; empty when it is cut short. Objects and arrays
/// are skipped by counting brackets.
[[nodiscard]] std::string_view raw_value(ondemand::value& value);

/// Whether `raw` is a string token, and what it says.
[[nodiscard]] bool is_string(std::string_view raw) noexcept;
[[nodiscard]] std::string string_value(std::string_view raw);

/// The place of `part` in `text`, of which it is a view.
[[nodiscard]] inline slice slice_of(std::string_view text, std::string_view part) noexcept {
    return {static_cast<std::size_t>(part.data() - text.data()), part.size()};
}

/// Calls `on_member(key, value)` for each member until it answers false. False when it did, or
/// when the object is malformed.
template <class OnMember>
bool for_each_member(ondemand::object object, OnMember&& on_member) {
    for (auto field : object) {
        ondemand::raw_json_string key;
        ondemand::value value;
        if (field.key().get(key) != simdjson::SUCCESS ||
            field.value().get(value) != simdjson::SUCCESS || !on_member(key_text(key), value)) {
            return false;
        }
    }
    return true;
}

} // namespace orch::mcp
