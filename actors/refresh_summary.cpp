#include "actors/refresh_summary.hpp"

#include <string_view>
#include <unordered_map>

namespace orch::actors {

namespace {

/// Definitions by name, which no two tools of a server share.
std::unordered_map<std::string_view, std::string_view> definitions_in(const item_set_ptr& tools) {
    std::unordered_map<std::string_view, std::string_view> found;
    if (tools) {
        for (const auto& tool : tools->items) {
            found.emplace(tool.name, tool.definition);
        }
    }
    return found;
}

} // namespace

std::size_t count_changed_tools(const item_set_ptr& before, const item_set_ptr& now) {
    if (before == now) {
        return 0;
    }
    auto gone = definitions_in(before);
    std::size_t changed = 0;
    for (const auto& [name, definition] : definitions_in(now)) {
        const auto known = gone.find(name);
        if (known == gone.end()) {
            ++changed;
            continue;
        }
        changed += known->second == definition ? 0 : 1;
        gone.erase(known);
    }
    return changed + gone.size();
}

void refresh_summary::add(const server_view& before, const status_report& report) {
    const bool sound = report.status.state != model::server_state::error &&
                       report.status.last_error.empty();
    ++counts.checked;
    counts.updated += report.status.state == before.status.state ? 0 : 1;
    counts.tools_synced += static_cast<std::int64_t>(
        count_changed_tools(before.lists.tools(), report.tools));
    counts.errors += sound ? 0 : 1;
}

void refresh_summary::add_silent() noexcept {
    ++counts.checked;
    ++counts.errors;
}

} // namespace orch::actors
