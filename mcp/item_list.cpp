#include "mcp/item_list.hpp"

#include "core/json_writer.hpp"
#include "mcp/json_walk.hpp"
#include "mcp/protocol_keys.hpp"
#include "mcp/rewrite.hpp"
#include "mcp/tool_name.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace orch::mcp {

namespace {

/// Schemas nest deeper than calls do.
constexpr std::size_t definition_depth_max = 128;
/// Of a URI or of a template.
constexpr std::size_t uri_bytes_max = 4'096;

constexpr std::array<list_shape, 4> shapes{{
    {model::list_kind::tools, "tools/list", "tools", "name", "tools",
     "notifications/tools/list_changed", "tool", tool_name_max},
    {model::list_kind::prompts, "prompts/list", "prompts", "name", "prompts",
     "notifications/prompts/list_changed", "prompt", tool_name_max},
    {model::list_kind::resources, "resources/list", "resources", "uri", "resources",
     "notifications/resources/list_changed", "resource", uri_bytes_max},
    {model::list_kind::resource_templates, "resources/templates/list", "resourceTemplates",
     "uriTemplate", "resources", "notifications/resources/list_changed", "resource template",
     uri_bytes_max},
}};

bool is_usable_key(std::string_view key, std::size_t bytes_max) {
    const bool control = std::any_of(key.begin(), key.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    return !key.empty() && key.size() <= bytes_max && !control;
}

/// Reads a page with every byte checked: definitions of all servers are joined to one list, so a
/// malformed one would spoil the items of the others.
class item_page_reader {
public:
    item_page_reader(std::string& line, const list_shape& shape)
        : line_(line), walk_(cursor_, line, definition_depth_max), shape_(shape) {}

    result<item_page_reading> read(slice where);

private:
    bool read_items(ondemand::value& value);
    bool read_item(ondemand::value& value);
    bool read_cursor(ondemand::value& value);
    [[nodiscard]] error violation(std::string_view reason) const;

    std::string& line_;
    json_cursor cursor_;
    json_walk walk_;
    const list_shape& shape_;
    item_page_reading reading_;
    bool items_seen_ = false;
};

error malformed(const list_shape& shape, std::string_view reason) {
    return {errc::protocol_violation,
            fmt::format("the list of {}s is malformed: {}", shape.noun, reason)};
}

error item_page_reader::violation(std::string_view reason) const {
    return malformed(shape_, reason);
}

result<item_page_reading> item_page_reader::read(slice where) {
    ondemand::object object;
    if (!where.of(line_).starts_with('{') || cursor_.open(line_, where) ||
        cursor_.object().get(object)) {
        return violation("the result is not an object");
    }
    const auto on_member = [this](std::string_view key, ondemand::value& value) {
        if (key == shape_.member) {
            return read_items(value);
        }
        return key == "nextCursor" ? read_cursor(value) : walk_.check(value, 1);
    };
    if (!walk_.members(object, 1, on_member)) {
        return violation(walk_.fault().sentence());
    }
    if (!cursor_.at_end()) {
        return violation("brackets do not match");
    }
    if (!items_seen_) {
        return violation(fmt::format("\"{}\" is missing", shape_.member));
    }
    return std::move(reading_);
}

bool item_page_reader::read_items(ondemand::value& value) {
    const std::string_view token = value.raw_json_token();
    ondemand::array array;
    if (items_seen_ || !token.starts_with('[') || value.get_array().get(array)) {
        return walk_.fail("the list is not one array", token.data());
    }
    items_seen_ = true;
    return walk_.elements(array, 2, [this](ondemand::value& item) { return read_item(item); });
}

bool item_page_reader::read_item(ondemand::value& value) {
    const std::string_view token = value.raw_json_token();
    ondemand::object object;
    if (!token.starts_with('{')) {
        ++reading_.skipped;
        return walk_.check(value, 2);
    }
    if (value.get_object().get(object)) {
        return walk_.fail("an object is malformed", token.data());
    }
    const std::array<std::string_view, 1> keys_of_item{shape_.key};
    protocol_keys keys(keys_of_item, "the definition");
    std::string name;
    const auto on_member = [&](std::string_view key, ondemand::value& member) {
        if (keys.note(key) == protocol_keys::other) {
            return walk_.check(member, 3);
        }
        const auto raw = walk_.take(member, 3);
        name = raw ? string_value(*raw) : std::string{};
        return raw.has_value();
    };
    if (!walk_.members(object, 3, on_member)) {
        return false;
    }
    if (!keys.complaint().empty() || !is_usable_key(name, shape_.key_bytes_max)) {
        ++reading_.skipped;
        return true;
    }
    std::string definition(walk_.read_since(token.data()));
    blank_line_breaks(definition);
    reading_.page.items.push_back({std::move(name), std::move(definition)});
    return true;
}

bool item_page_reader::read_cursor(ondemand::value& value) {
    const auto raw = walk_.take(value, 1);
    if (!raw) {
        return false;
    }
    if (!is_string(*raw) && *raw != "null") {
        return walk_.fail("\"nextCursor\" is not a string", raw->data());
    }
    // Servers end the list with an empty cursor, too.
    reading_.page.next_cursor = raw->size() > 2 && is_string(*raw) ? *raw : std::string_view{};
    return true;
}

} // namespace

const list_shape& shape_of(model::list_kind kind) noexcept { return shapes[model::index_of(kind)]; }

const list_shape* find_list(std::string_view method) noexcept {
    for (const auto& shape : shapes) {
        if (shape.method == method) {
            return &shape;
        }
    }
    return nullptr;
}

result<item_page_reading> read_item_page(std::string& line, const envelope& message,
                                         const list_shape& shape) {
    if (message.error.present()) {
        return malformed(shape, read_call_outcome(line, message).rpc_message);
    }
    return item_page_reader(line, shape).read(message.result);
}

item_words words_of(const model::listed_item& item) {
    std::string text = item.definition; // A copy, since the walk pads what it reads.
    item_words words;
    slice annotations;
    const auto say = [&text](const found_member& member, std::string& into) {
        const auto raw = member.value.of(text);
        into = is_string(raw) ? string_value(raw) : std::string{};
    };
    each_member(text, {0, text.size()}, [&](std::string_view key, const found_member& member) {
        if (key == "title") {
            say(member, words.title);
        } else if (key == "description") {
            say(member, words.description);
        } else if (key == "annotations") {
            annotations = member.value;
        }
    });
    if (words.title.empty() && annotations.present()) {
        each_member(text, annotations, [&](std::string_view key, const found_member& member) {
            if (key == "title") {
                say(member, words.title);
            }
        });
    }
    return words;
}

std::string renamed(const model::listed_item& original, std::string_view public_name,
                    std::string_view key) {
    std::string definition = original.definition;
    if (public_name == original.name) {
        return definition;
    }
    json_cursor cursor;
    ondemand::object object;
    slice name;
    if (cursor.open(definition) || cursor.object().get(object)) {
        return definition;
    }
    for_each_member(object, [&](std::string_view found, ondemand::value& value) {
        if (found == key) {
            name = slice_of(definition, raw_value(value));
        }
        return !name.present();
    });
    if (name.present()) {
        std::string token;
        append_json_string(token, public_name);
        definition.replace(name.offset, name.size, token);
    }
    return definition;
}

std::string list_result(const list_shape& shape, const std::vector<std::string>& definitions,
                        std::string_view next_cursor) {
    std::size_t size = 64 + shape.member.size() + next_cursor.size();
    for (const auto& definition : definitions) {
        size += definition.size() + 1;
    }
    std::string out;
    out.reserve(size);
    out.append("{\"").append(shape.member).append("\":[");
    for (const auto& definition : definitions) {
        if (&definition != &definitions.front()) {
            out += ',';
        }
        out += definition;
    }
    out += ']';
    if (!next_cursor.empty()) {
        out += R"(,"nextCursor":)";
        append_json_string(out, next_cursor);
    }
    out += '}';
    return out;
}

} // namespace orch::mcp
