#pragma once

#include "core/model/project.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orch::mcp {

/// The tools of one server by the names that it gave them.
struct server_tools {
    std::string server;
    std::vector<std::string> tools;
};

/// The names under which the tools are offered together, in the same order; empty for a tool that
/// is not offered. A bare name is used where the mode allows it and the name is fit for it: at most
/// 64 characters of `[A-Za-z0-9_-]`, without `__`, so that it is never mistaken for a name with a
/// server. Depends on nothing but the arguments.
[[nodiscard]] std::vector<std::vector<std::string>>
unified_names(model::naming_mode mode, const std::vector<server_tools>& servers);

/// The server (by index) and the tool that a bare name means.
[[nodiscard]] std::optional<std::pair<std::size_t, std::string>>
find_bare_name(model::naming_mode mode, const std::vector<server_tools>& servers,
               std::string_view name);

} // namespace orch::mcp
