#include "mcp/older_content.hpp"

#include "core/json_writer.hpp"

#include <fmt/format.h>

namespace orch::mcp {

namespace {

constexpr std::string_view link_type = R"("resource_link")";
constexpr std::string_view audio_type = R"("audio")";
constexpr std::string_view structured = "structuredContent";

bool has(std::string_view text, std::string_view piece) noexcept {
    return text.find(piece) != std::string_view::npos;
}

bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The elements of an array, or the value alone when it is none.
std::vector<slice> elements(std::string& text, slice where) {
    if (!where.of(text).starts_with('[')) {
        return {where};
    }
    std::vector<slice> found;
    json_cursor cursor;
    ondemand::array array;
    if (cursor.open(text, where) || cursor.document().get_array().get(array)) {
        return found;
    }
    for (auto element : array) {
        ondemand::value value;
        if (element.get(value)) {
            break;
        }
        found.push_back(slice_of(text, raw_value(value)));
    }
    return found;
}

/// The member with one of the commas around it, if there is any.
slice with_comma(std::string_view text, slice whole) {
    auto end = whole.offset + whole.size;
    while (end < text.size() && is_blank(text[end])) {
        ++end;
    }
    if (end < text.size() && text[end] == ',') {
        return {whole.offset, end + 1 - whole.offset};
    }
    auto begin = whole.offset;
    while (begin > 0 && is_blank(text[begin - 1])) {
        --begin;
    }
    if (begin > 0 && text[begin - 1] == ',') {
        return {begin - 1, whole.offset + whole.size - (begin - 1)};
    }
    return whole;
}

std::string text_block(std::string_view said, std::string_view annotations = {}) {
    std::string block;
    json_writer json(block);
    json.begin_object().key("type").string("text").key("text").string(said);
    if (!annotations.empty()) {
        json.key("annotations").raw(annotations);
    }
    json.end_object();
    return block;
}

/// What a block of content says of itself.
struct block_parts {
    std::string type;
    std::string name;
    std::string title;
    std::string uri;
    std::string description;
    std::string mime_type;
    slice annotations;
};

block_parts read_block(std::string& text, slice where) {
    block_parts parts;
    each_member(text, where, [&](std::string_view key, const found_member& member) {
        std::string* part = key == "type"          ? &parts.type
                            : key == "name"        ? &parts.name
                            : key == "title"       ? &parts.title
                            : key == "uri"         ? &parts.uri
                            : key == "description" ? &parts.description
                            : key == "mimeType"    ? &parts.mime_type
                                                   : nullptr;
        if (part != nullptr) {
            *part = string_value(member.value.of(text));
        } else if (key == "annotations") {
            parts.annotations = member.value;
        }
    });
    return parts;
}

std::string describe_link(const block_parts& link) {
    return fmt::format("{}: {}{}{}{}", link.title.empty() ? link.name : link.title, link.uri,
                       link.mime_type.empty() ? "" : fmt::format(" ({})", link.mime_type),
                       link.description.empty() ? "" : "\n", link.description);
}

class content_reader {
public:
    content_reader(std::string& text, revision client) : text_(text), client_(client) {}

    std::vector<rewrite> read(slice where);

private:
    void read_blocks(slice content);
    void read_block_at(slice block);
    void drop_structure(const found_member& member, slice content);
    [[nodiscard]] bool names_any(slice where) const noexcept {
        const auto part = where.of(text_);
        return has(part, link_type) || (client_ == revision::v2024_11_05 && has(part, audio_type));
    }

    std::string& text_;
    const revision client_;
    std::vector<rewrite> rewrites_;
};

std::vector<rewrite> content_reader::read(slice where) {
    if (!names_any(where) && !has(where.of(text_), structured)) {
        return {};
    }
    slice content;
    slice messages;
    found_member structure;
    each_member(text_, where, [&](std::string_view key, const found_member& member) {
        if (key == "content") {
            content = member.value;
        } else if (key == "messages") {
            messages = member.value;
        } else if (key == structured) {
            structure = member;
        }
    });
    read_blocks(content);
    for (const auto& message : elements(text_, messages)) {
        slice said;
        each_member(text_, message, [&](std::string_view key, const found_member& member) {
            said = key == "content" ? member.value : said;
        });
        read_blocks(said);
    }
    if (structure.whole.present()) {
        drop_structure(structure, content);
    }
    return std::move(rewrites_);
}

void content_reader::read_blocks(slice content) {
    if (!content.present() || !names_any(content)) {
        return;
    }
    for (const auto& block : elements(text_, content)) {
        if (names_any(block)) {
            read_block_at(block);
        }
    }
}

void content_reader::read_block_at(slice block) {
    const auto parts = read_block(text_, block);
    const auto annotations = parts.annotations.of(text_);
    if (parts.type == "resource_link") {
        rewrites_.push_back({block, text_block(describe_link(parts), annotations)});
    } else if (parts.type == "audio" && client_ == revision::v2024_11_05) {
        rewrites_.push_back(
            {block, text_block(fmt::format("[audio ({}) was left out: this client speaks protocol "
                                           "revision {}, which has none]",
                                           parts.mime_type, to_string(client_)),
                               annotations)});
    }
}

void content_reader::drop_structure(const found_member& member, slice content) {
    const auto said = fmt::format("[{}]", text_block(member.value.of(text_)));
    if (!content.present()) {
        rewrites_.push_back({member.whole, R"("content":)" + said});
        return;
    }
    rewrites_.push_back({with_comma(text_, member.whole), ""});
    if (content.of(text_).starts_with('[') && elements(text_, content).empty()) {
        rewrites_.push_back({content, said});
    }
}

} // namespace

std::vector<rewrite> older_content(std::string& text, slice where, revision client) {
    return needs_older_content(client) ? content_reader(text, client).read(where)
                                       : std::vector<rewrite>{};
}

std::string older_tool(std::string definition, revision client) {
    if (!needs_older_content(client) || !has(definition, "outputSchema")) {
        return definition;
    }
    slice schema;
    each_member(definition, {0, definition.size()},
                [&](std::string_view key, const found_member& member) {
                    schema = key == "outputSchema" ? member.whole : schema;
                });
    if (schema.present()) {
        const auto cut = with_comma(definition, schema);
        definition.erase(cut.offset, cut.size);
    }
    return definition;
}

} // namespace orch::mcp
