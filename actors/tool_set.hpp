#pragma once

#include "core/model/project.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace orch::actors {

/// The tools of one server, as it described them, shared by everyone who lists them.
struct tool_set {
    std::vector<model::tool> tools;

    [[nodiscard]] const model::tool* find(std::string_view name) const noexcept;
    [[nodiscard]] std::vector<std::string> names() const;
};
using tool_set_ptr = std::shared_ptr<const tool_set>;

} // namespace orch::actors
