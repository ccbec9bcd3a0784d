#include "mcp/handshake.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace orch::mcp {

namespace {

/// What clients call themselves, in lower case. The first hit wins, so forks stand before what
/// they were made from: Cursor says "cursor-vscode".
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> known_clients{{
    {"roo", "roo"},
    {"roocode", "roo"},
    {"kilo", "kilo"},
    {"kilocode", "kilo"},
    {"cline", "cline"},
    {"cursor", "cursor"},
    {"windsurf", "windsurf"},
    {"codeium", "windsurf"},
    {"vscode", "vscode"},
    {"visual studio code", "vscode"},
    {"copilot", "copilot"},
    {"claude", "claude"},
    {"codex", "codex"},
    {"gemini", "gemini"},
    {"inspector", "inspector"},
    {"zed", "zed"},
    {"goose", "goose"},
    {"continue", "continue"},
    {"jetbrains", "jetbrains"},
    {"intellij", "jetbrains"},
    {"node", "node"},
    {"undici", "node"},
}};

bool is_alphanumeric(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// Whether `word` stands in `text` by itself: "roo" is not in "room".
bool has_word(std::string_view text, std::string_view word) noexcept {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_alphanumeric(text[at - 1])) &&
            (end == text.size() || !is_alphanumeric(text[end]))) {
            return true;
        }
    }
    return false;
}

std::string_view client_in(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    for (const auto& [word, type] : known_clients) {
        if (has_word(lower, word)) {
            return type;
        }
    }
    return {};
}

} // namespace

bool is_client_type(std::string_view type) noexcept {
    return type == "unknown" ||
           std::any_of(known_clients.begin(), known_clients.end(),
                       [&](const auto& known) { return known.second == type; });
}

std::string detect_client_type(std::string_view user_agent, std::string_view client_name) {
    std::string_view type = client_in(client_name);
    if (type.empty()) {
        type = client_in(user_agent);
    }
    return std::string(type.empty() ? "unknown" : type);
}

} // namespace orch::mcp
