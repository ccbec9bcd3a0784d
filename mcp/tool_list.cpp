#include "mcp/tool_list.hpp"

#include "core/json_writer.hpp"
#include "mcp/json_walk.hpp"
#include "mcp/protocol_keys.hpp"
#include "mcp/tool_name.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace orch::mcp {

namespace {

/// Schemas nest deeper than calls do.
constexpr std::size_t definition_depth_max = 128;
constexpr std::array<std::string_view, 1> definition_names{"name"};

bool is_usable_name(std::string_view name) {
    const bool control = std::any_of(name.begin(), name.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    return !name.empty() && name.size() <= tool_name_max && !control;
}

/// Reads a page with every byte checked: definitions of all servers are joined to one list, so a
/// malformed one would spoil the tools of the others.
class tool_page_reader {
public:
    explicit tool_page_reader(std::string& line)
        : line_(line), walk_(cursor_, line, definition_depth_max) {}

    result<tool_page_reading> read(slice where);

private:
    bool read_tools(ondemand::value& value);
    bool read_tool(ondemand::value& value);
    bool read_cursor(ondemand::value& value);

    std::string& line_;
    json_cursor cursor_;
    json_walk walk_;
    tool_page_reading reading_;
    bool tools_seen_ = false;
};

error violation(std::string_view reason) {
    return {errc::protocol_violation, fmt::format("the list of tools is malformed: {}", reason)};
}

result<tool_page_reading> tool_page_reader::read(slice where) {
    ondemand::object object;
    if (!where.of(line_).starts_with('{') || cursor_.open(line_, where) ||
        cursor_.object().get(object)) {
        return violation("the result is not an object");
    }
    const auto on_member = [this](std::string_view key, ondemand::value& value) {
        if (key == "tools") {
            return read_tools(value);
        }
        return key == "nextCursor" ? read_cursor(value) : walk_.check(value, 1);
    };
    if (!walk_.members(object, 1, on_member)) {
        return violation(walk_.fault().sentence());
    }
    if (!cursor_.at_end()) {
        return violation("brackets do not match");
    }
    if (!tools_seen_) {
        return violation("\"tools\" is missing");
    }
    return std::move(reading_);
}

bool tool_page_reader::read_tools(ondemand::value& value) {
    const std::string_view token = value.raw_json_token();
    ondemand::array array;
    if (tools_seen_ || !token.starts_with('[') || value.get_array().get(array)) {
        return walk_.fail("\"tools\" is not one array", token.data());
    }
    tools_seen_ = true;
    return walk_.elements(array, 2, [this](ondemand::value& tool) { return read_tool(tool); });
}

bool tool_page_reader::read_tool(ondemand::value& value) {
    const std::string_view token = value.raw_json_token();
    ondemand::object object;
    if (!token.starts_with('{')) {
        ++reading_.skipped;
        return walk_.check(value, 2);
    }
    if (value.get_object().get(object)) {
        return walk_.fail("an object is malformed", token.data());
    }
    protocol_keys keys(definition_names, "the definition");
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
    if (!keys.complaint().empty() || !is_usable_name(name)) {
        ++reading_.skipped;
        return true;
    }
    std::string definition(walk_.read_since(token.data()));
    blank_line_breaks(definition);
    reading_.page.tools.push_back({std::move(name), std::move(definition)});
    return true;
}

bool tool_page_reader::read_cursor(ondemand::value& value) {
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

result<tool_page_reading> read_tool_page(std::string& line, const envelope& message) {
    if (message.error.present()) {
        return violation(read_call_outcome(line, message).rpc_message);
    }
    return tool_page_reader(line).read(message.result);
}

listed_tool with_name(const model::tool& original, std::string_view public_name) {
    listed_tool listed{std::string(public_name), original.definition};
    if (public_name == original.name) {
        return listed;
    }
    json_cursor cursor;
    ondemand::object object;
    slice name;
    if (cursor.open(listed.definition) || cursor.object().get(object)) {
        return listed;
    }
    for_each_member(object, [&](std::string_view key, ondemand::value& value) {
        if (key == "name") {
            name = slice_of(listed.definition, raw_value(value));
        }
        return !name.present();
    });
    if (name.present()) {
        std::string token;
        append_json_string(token, public_name);
        listed.definition.replace(name.offset, name.size, token);
    }
    return listed;
}

std::string tools_result(const std::vector<listed_tool>& tools) {
    std::size_t size = 16;
    for (const listed_tool& tool : tools) {
        size += tool.definition.size() + 1;
    }
    std::string out;
    out.reserve(size);
    out += R"({"tools":[)";
    for (const listed_tool& tool : tools) {
        if (&tool != &tools.front()) {
            out += ',';
        }
        out += tool.definition;
    }
    out += "]}";
    return out;
}

} // namespace orch::mcp
