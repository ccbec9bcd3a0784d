#include "actors/tool_listing.hpp"

#include <iterator>
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
    tools_.insert(tools_.end(), std::make_move_iterator(page.tools.begin()),
                  std::make_move_iterator(page.tools.end()));
    const bool last = page.next_cursor.empty();
    if (!last && tools_.size() < limits_.tools_max) {
        return page_request{number_, std::move(page.next_cursor)};
    }
    return finish(!last || tools_.size() > limits_.tools_max);
}

tool_listing::finished tool_listing::finish(bool cut_short) {
    under_way_ = false;
    auto tools = std::exchange(tools_, {});
    if (tools.size() > limits_.tools_max) {
        tools.resize(limits_.tools_max);
    }
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
    return true;
}

void tool_listing::reset() noexcept {
    under_way_ = false;
    wished_ = false;
    tools_.clear();
}

} // namespace orch::actors
