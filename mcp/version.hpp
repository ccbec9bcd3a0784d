#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace orch::mcp {

/// The protocol revisions with an `initialize` handshake, oldest first.
enum class revision { v2024_11_05, v2025_03_26, v2025_06_18, v2025_11_25 };

inline constexpr revision latest_revision = revision::v2025_11_25;

[[nodiscard]] std::string_view to_string(revision version) noexcept;
[[nodiscard]] std::optional<revision> parse_revision(std::string_view text) noexcept;
/// The revision to answer an `initialize` with: the one asked for, else our latest
/// (lifecycle, version negotiation).
[[nodiscard]] revision negotiate(std::string_view requested) noexcept;

} // namespace orch::mcp
