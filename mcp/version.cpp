#include "mcp/version.hpp"

#include <utility>

namespace orch::mcp {

namespace {

constexpr std::array<std::pair<revision, std::string_view>, 4> revisions{{
    {revision::v2024_11_05, "2024-11-05"},
    {revision::v2025_03_26, "2025-03-26"},
    {revision::v2025_06_18, "2025-06-18"},
    {revision::v2025_11_25, "2025-11-25"},
}};

} // namespace

std::string_view to_string(revision version) noexcept {
    for (const auto& [value, text] : revisions) {
        if (value == version) {
            return text;
        }
    }
    return revisions.back().second;
}

std::optional<revision> parse_revision(std::string_view text) noexcept {
    for (const auto& [value, name] : revisions) {
        if (name == text) {
            return value;
        }
    }
    return std::nullopt;
}

revision negotiate(std::string_view requested) noexcept {
    return parse_revision(requested).value_or(latest_revision);
}

} // namespace orch::mcp
