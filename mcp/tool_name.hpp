#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orch::mcp {

inline constexpr std::size_t server_name_max = 40;
inline constexpr std::size_t public_tool_name_max = 64;
/// Bytes of a name that a server gives to a tool, or a client to the tool it calls.
inline constexpr std::size_t tool_name_max = 256;

/// The name of a tool on the unified endpoint: `<server>__<tool>`, unless that is longer than 64
/// characters, or the tool part is empty, holds characters outside of `[A-Za-z0-9_-]`, or starts
/// with `_` (else `a` + `_x` and `a_` + `x` would be the same name). Then the tool part gets `_`
/// for each foreign byte, loses leading `_`, is cut to fit, and is followed by `_` and the 8 hex
/// digits of the FNV-1a hash (32 bits) of the whole tool name. So the name never depends on other
/// tools and is the same after a restart. `server` must be a server name.
[[nodiscard]] std::string public_tool_name(std::string_view server, std::string_view tool);

/// A call's name split by the known servers of the project, longest server name first;
/// `<server>__<rest>` or the stored form `<server>.<rest>`.
struct routed_name {
    /// Points into `servers`.
    std::string_view server;
    /// The tool part as the client wrote it, never empty; points into `public_name`. Match it
    /// against the server's tools by `public_tool_name` too.
    std::string_view tool;
};
/// Any bytes are fine as `public_name`; those that name no server give nothing.
[[nodiscard]] std::optional<routed_name> route_tool_name(std::string_view public_name,
                                                         const std::vector<std::string>& servers);

/// `[A-Za-z0-9_-]{1,40}` without `__`.
[[nodiscard]] bool is_server_name(std::string_view name) noexcept;
/// A valid name made from any text, e.g. `My Server.v2` → `My_Server_v2`; "server" when nothing
/// is left. The same text always gives the same name, and a valid name stays as it is.
[[nodiscard]] std::string derive_server_name(std::string_view text);
/// Slug `[a-z0-9-]{1,63}`, not shaped like a UUID.
[[nodiscard]] bool is_project_name(std::string_view name) noexcept;

} // namespace orch::mcp
