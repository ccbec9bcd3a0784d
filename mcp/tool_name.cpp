#include "mcp/tool_name.hpp"

#include "core/uuid.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>

namespace orch::mcp {

namespace {

constexpr std::string_view separator = "__";
constexpr std::size_t hash_suffix_size = 9;
constexpr std::size_t project_name_max = 63;

bool is_name_char(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

bool is_name_text(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), is_name_char);
}

std::uint32_t fnv1a(std::string_view text) noexcept {
    std::uint32_t hash = 2166136261U;
    for (const char c : text) {
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619U;
    }
    return hash;
}

std::string fitted(std::string_view tool, std::size_t size_max) {
    std::string out(tool);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return !is_name_char(c); }, '_');
    out.erase(0, out.find_first_not_of('_'));
    if (out.empty()) {
        out = "tool";
    }
    out.resize(std::min(out.size(), size_max - hash_suffix_size));
    return out + fmt::format("_{:08x}", fnv1a(tool));
}

/// The tool part when `name` belongs to `server`, else empty.
std::string_view tool_part(std::string_view name, std::string_view server) noexcept {
    if (!name.starts_with(server)) {
        return {};
    }
    const std::string_view rest = name.substr(server.size());
    if (rest.starts_with(separator)) {
        return rest.substr(separator.size());
    }
    return rest.starts_with('.') ? rest.substr(1) : std::string_view{};
}

} // namespace

std::string public_tool_name(std::string_view server, std::string_view tool) {
    std::string out(server.substr(0, server_name_max));
    out += separator;
    const std::size_t room = public_tool_name_max - out.size();
    const bool plain = !tool.empty() && tool.size() <= room && tool.front() != '_' &&
                       is_name_text(tool);
    return plain ? out.append(tool) : out + fitted(tool, room);
}

std::optional<routed_name> route_tool_name(std::string_view public_name,
                                           const std::vector<std::string>& servers) {
    std::optional<routed_name> best;
    for (const std::string& server : servers) {
        const std::string_view tool = tool_part(public_name, server);
        if (!tool.empty() && (!best || server.size() > best->server.size())) {
            best = routed_name{server, tool};
        }
    }
    return best;
}

bool is_server_name(std::string_view name) noexcept {
    return !name.empty() && name.size() <= server_name_max && is_name_text(name) &&
           name.find(separator) == std::string_view::npos;
}

std::string derive_server_name(std::string_view text) {
    if (is_server_name(text)) {
        return std::string(text);
    }
    std::string out;
    for (const char c : text) {
        const char kept = is_name_char(c) ? c : '_';
        const bool repeated = kept == '_' && (out.empty() || out.back() == '_');
        if (!repeated) {
            out += kept;
        }
        if (out.size() == server_name_max) {
            break;
        }
    }
    if (out.ends_with('_')) {
        out.pop_back();
    }
    return out.empty() ? "server" : out;
}

bool is_project_name(std::string_view name) noexcept {
    const bool slug = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    return !name.empty() && name.size() <= project_name_max && slug && !uuid::parse(name);
}

} // namespace orch::mcp
