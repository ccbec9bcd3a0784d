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

} // namespace orch::actors
