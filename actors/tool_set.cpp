#include "actors/tool_set.hpp"

namespace orch::actors {

const model::tool* tool_set::find(std::string_view name) const noexcept {
    for (const auto& tool : tools) {
        if (tool.name == name) {
            return &tool;
        }
    }
    return nullptr;
}

std::vector<std::string> tool_set::names() const {
    std::vector<std::string> found;
    found.reserve(tools.size());
    for (const auto& tool : tools) {
        found.push_back(tool.name);
    }
    return found;
}

} // namespace orch::actors
