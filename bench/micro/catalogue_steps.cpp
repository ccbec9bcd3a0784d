#include "actors/item_set.hpp"
#include "actors/list_cursor.hpp"
#include "actors/page_listing.hpp"
#include "bench/micro/samples.hpp"
#include "bench/micro/step.hpp"
#include "mcp/item_list.hpp"
#include "mcp/unified_names.hpp"

namespace orch::bench {

namespace {

constexpr std::size_t tools_per_server = 20;
constexpr std::string_view session = "018f3c5e-0000-7000-8000-0123456789ab";

/// What a server actor makes of the one page of its server; no items when something is wrong.
std::vector<model::listed_item> read_list(const std::string& page) {
    std::string line = page;
    actors::page_listing listing{{}};
    const auto asked = listing.wish({});
    const auto parts = mcp::parse_server_line(line);
    if (!asked || !parts) {
        return {};
    }
    auto reading = mcp::read_item_page(line, *parts, mcp::shape_of(model::list_kind::tools));
    if (!reading) {
        return {};
    }
    auto next = listing.take(asked->listing, std::move(*reading));
    auto* const done = std::get_if<actors::page_listing::finished>(&next);
    return done != nullptr ? std::move(done->items) : std::vector<model::listed_item>{};
}

struct known_server {
    std::string name;
    actors::item_set set;
};

std::vector<known_server> project_of(std::size_t servers) {
    const auto items = read_list(sample_tool_page(tools_per_server));
    std::vector<known_server> all;
    all.reserve(servers);
    for (std::size_t i = 0; i < servers; ++i) {
        all.push_back({"server_" + std::to_string(i), {items}});
    }
    return all;
}

/// The unified tools/list of a session, as its actor puts it together: every tool has its name in
/// the project, each definition is renamed, the first page goes out.
std::size_t merge(const std::vector<known_server>& project) {
    std::vector<mcp::server_tools> parts;
    parts.reserve(project.size());
    for (const auto& server : project) {
        parts.push_back({server.name, server.set.names()});
    }
    const auto names = mcp::unified_names(model::naming_mode::on_collision, parts);
    std::vector<std::string_view> listed;
    for (const auto& of_server : names) {
        listed.insert(listed.end(), of_server.begin(), of_server.end());
    }
    const actors::list_cursor cursors(model::list_kind::tools, session, listed);
    const auto end = std::min(actors::list_cursor::page_items_max, listed.size());
    std::vector<std::string> definitions;
    definitions.reserve(end);
    for (std::size_t place = 0; place < end; ++place) {
        const auto& items = project[place / tools_per_server].set.items;
        definitions.push_back(mcp::renamed(items[place % tools_per_server], listed[place]));
    }
    const auto& shape = mcp::shape_of(model::list_kind::tools);
    return mcp::make_result("17", mcp::list_result(shape, definitions, cursors.cursor_at(end)))
        .size();
}

} // namespace

std::vector<step_kind> catalogue_steps() {
    return {{"read_tools",
             {20, 200},
             [](std::size_t tools) -> step {
                 return [page = sample_tool_page(tools)] {
                     return read_list(page).size();
                 };
             }},
            {"merge_servers", {1, 10, 50}, [](std::size_t servers) -> step {
                 return [project = project_of(servers)] {
                     return merge(project);
                 };
             }}};
}

} // namespace orch::bench
