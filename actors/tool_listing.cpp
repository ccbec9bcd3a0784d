#include "actors/tool_listing.hpp"

#include <unordered_set>
#include <utility>

namespace orch::actors {

std::optional<tool_listing::page_request> tool_listing::wish(monotonic_time now) {
    wished_ = true;
    return due(now);
}

std::optional<tool_listing::page_request> tool_listing::due(monotonic_time now) {
    if (!wished_ || (under_way_ && now < overdue_at_)) {
        return std::nullopt;
    }
    return begin(now);
}

tool_listing::page_request tool_listing::begin(monotonic_time now) {
    reset();
    under_way_ = true;
    overdue_at_ = now + limits_.patience;
    return {++number_, {}};
}

tool_listing::step tool_listing::take(std::uint64_t listing, mcp::tool_page page) {
    if (!under_way_ || listing != number_) {
        return {};
    }
    bool all_kept = true;
    for (auto& tool : page.tools) {
        all_kept = all_kept && keep(std::move(tool));
    }
    const bool last = page.next_cursor.empty();
    if (all_kept && !last && tools_.size() < limits_.tools_max) {
        return page_request{number_, std::move(page.next_cursor)};
    }
    return finish(!all_kept || !last);
}

bool tool_listing::keep(model::tool tool) {
    const auto bytes = tool.definition.size();
    if (tools_.size() == limits_.tools_max || bytes > limits_.bytes_max - bytes_) {
        return false;
    }
    bytes_ += bytes;
    tools_.push_back(std::move(tool));
    return true;
}

tool_listing::finished tool_listing::finish(bool cut_short) {
    under_way_ = false;
    bytes_ = 0;
    auto tools = std::exchange(tools_, {});
    // The first of two tools with one name is the one that a call reaches.
    std::unordered_set<std::string> names;
    std::erase_if(tools, [&](const model::tool& tool) { return !names.insert(tool.name).second; });
    return {std::move(tools), cut_short};
}

bool tool_listing::fail(std::uint64_t listing) {
    if (!under_way_ || listing != number_) {
        return false;
    }
    under_way_ = false;
    tools_.clear();
    bytes_ = 0;
    return true;
}

void tool_listing::reset() noexcept {
    under_way_ = false;
    wished_ = false;
    tools_.clear();
    bytes_ = 0;
}

} // namespace orch::actors
