#include "mcp/unified_names.hpp"

#include "mcp/tool_name.hpp"

#include <algorithm>
#include <unordered_map>

namespace orch::mcp {

namespace {

bool fits_bare(std::string_view tool) noexcept {
    return !tool.empty() && tool.size() <= public_tool_name_max &&
           tool.find("__") == std::string_view::npos &&
           std::all_of(tool.begin(), tool.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-';
           });
}

} // namespace

std::vector<std::vector<std::string>> unified_names(model::naming_mode mode,
                                                    const std::vector<server_tools>& servers) {
    std::unordered_map<std::string_view, int> owners;
    for (const auto& [server, tools] : servers) {
        for (const auto& tool : tools) {
            ++owners[tool];
        }
    }
    std::unordered_map<std::string_view, int> taken;
    std::vector<std::vector<std::string>> names;
    for (const auto& [server, tools] : servers) {
        auto& row = names.emplace_back();
        for (const auto& tool : tools) {
            const bool bare = mode != model::naming_mode::always && fits_bare(tool) &&
                              (mode == model::naming_mode::never || owners[tool] == 1);
            if (!bare) {
                row.push_back(public_tool_name(server, tool));
            } else {
                row.push_back(taken[tool]++ == 0 ? tool : std::string{});
            }
        }
    }
    return names;
}

std::optional<std::pair<std::size_t, std::string>>
find_bare_name(model::naming_mode mode, const std::vector<server_tools>& servers,
               std::string_view name) {
    if (mode == model::naming_mode::always || !fits_bare(name)) {
        return std::nullopt;
    }
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < servers.size(); ++i) {
        const auto& tools = servers[i].tools;
        if (std::find(tools.begin(), tools.end(), name) == tools.end()) {
            continue;
        }
        if (first && mode == model::naming_mode::on_collision) {
            return std::nullopt;
        }
        first = first.value_or(i);
    }
    return first ? std::optional(std::pair(*first, std::string(name))) : std::nullopt;
}

} // namespace orch::mcp
