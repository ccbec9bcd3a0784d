#include "api/query_reader.hpp"

#include "api/paging.hpp"
#include "api/timestamps.hpp"
#include "mcp/search_text.hpp"

#include <fmt/format.h>

#include <algorithm>
namespace orch::api {

namespace {

using std::chrono::system_clock;

constexpr std::size_t text_bytes_max = 1'000;

} // namespace

std::optional<std::string_view> query_reader::given(std::string_view name) const {
    const auto value = request_.query_value(name);
    return value && !value->empty() ? value : std::nullopt;
}

void query_reader::blame(std::string_view name, std::string_view expected) {
    faults_.add(std::string(name), fmt::format("{}: expected {}", name, expected));
}

void query_reader::read_time(std::string_view name, system_clock::time_point& into) {
    const auto value = given(name);
    if (!value) {
        return;
    }
    if (const auto time = parse_rfc3339(*value)) {
        into = *time;
    } else {
        blame(name, "a time such as 2026-01-31T12:00:00Z");
    }
}

time_span query_reader::read_span(system_clock::time_point now, system_clock::duration length) {
    if (const auto preset = given("time_range")) {
        const auto wanted = parse_time_range(*preset);
        if (!wanted) {
            blame("time_range", "one of 15m, 30m, 1h, 6h, 24h, 7d");
        }
        length = wanted ? *wanted : length;
    }
    time_span out{{}, now, {}};
    read_time("end_time", out.to);
    out.from = std::max(out.to - length, system_clock::time_point{});
    read_time("start_time", out.from);
    if (out.from >= out.to) {
        blame("start_time", "a time before the end of the range");
    }
    out.window = out.to - out.from;
    if (!given("end_time")) {
        // Rows of this very millisecond belong to the range.
        out.to += std::chrono::seconds(1);
    }
    return out;
}

void query_reader::read_text(std::string_view name, std::string& into) {
    into = given(name).value_or("");
    if (into.size() > text_bytes_max) {
        blame(name, fmt::format("at most {} bytes", text_bytes_max));
    }
}

void query_reader::read_search(std::string& into) {
    std::string wanted;
    read_text("search_text", wanted);
    into = mcp::fold_for_search(wanted, text_bytes_max);
    if (!wanted.empty() && into.empty()) {
        blame("search_text", "at least one letter, digit or sign that is not JSON's own");
    }
}

void query_reader::read_number(std::string_view name, int most, int& into) {
    const auto value = given(name);
    if (!value) {
        return;
    }
    if (const auto count = parse_count(*value, static_cast<std::size_t>(most))) {
        into = static_cast<int>(*count);
    } else {
        blame(name, fmt::format("a number from 1 to {}", most));
        into = 1;
    }
}

std::optional<project_id> project_named(const model::registry& registry, std::string_view named) {
    const auto* project = registry.find_project(named);
    return project != nullptr ? std::optional(project->id) : project_id::parse(named);
}

std::optional<server_id> server_named(const model::registry& registry, const project_id& project,
                                      std::string_view named) {
    const auto* server = registry.find_server(project, named);
    return server != nullptr ? std::optional(server->definition.id) : server_id::parse(named);
}

std::optional<page_cursor> query_reader::read_place(std::string_view tag) {
    const auto text = given("cursor");
    if (!text) {
        return std::nullopt;
    }
    const auto place = read_cursor(*text, tag);
    if (!place) {
        blame("cursor", "the next_cursor of an earlier page of this same query");
    }
    return place;
}

} // namespace orch::api
