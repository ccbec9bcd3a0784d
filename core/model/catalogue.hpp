#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orch::model {

/// What an MCP server can list of itself.
enum class list_kind : std::uint8_t { tools, prompts, resources, resource_templates };

inline constexpr std::array all_list_kinds{list_kind::tools, list_kind::prompts,
                                           list_kind::resources, list_kind::resource_templates};

[[nodiscard]] constexpr std::size_t index_of(list_kind kind) noexcept {
    return static_cast<std::size_t>(kind);
}
/// `tools`, `prompts`, `resources`, `resource_templates`.
[[nodiscard]] std::string_view to_string(list_kind kind) noexcept;
[[nodiscard]] std::optional<list_kind> parse_list_kind(std::string_view text) noexcept;

/// A tool, prompt, resource or template as its server described it.
struct listed_item {
    /// What it is asked for by: the name, for resources the URI, for templates the URI template.
    std::string name;
    /// The verbatim JSON object of the list, name included.
    std::string definition;
};

/// What a server said of itself in its last handshake.
struct server_introduction {
    /// Raw JSON object; empty before the first handshake.
    std::string capabilities;
    std::string instructions;

    bool operator==(const server_introduction&) const = default;
};

} // namespace orch::model
