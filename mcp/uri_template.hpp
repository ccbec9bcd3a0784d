#pragma once

#include <string_view>

namespace orch::mcp {

/// Whether `uri` may have been made from the RFC 6570 template `pattern`: what stands outside of
/// its expressions is there in this order, the first part at the start and the last at the end.
/// An expression stands for any text, also none, since what a server takes is its own affair. A
/// pattern that is malformed matches itself alone.
[[nodiscard]] bool matches_template(std::string_view pattern, std::string_view uri) noexcept;

} // namespace orch::mcp
