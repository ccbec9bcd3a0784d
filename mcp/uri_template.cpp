#include "mcp/uri_template.hpp"

namespace orch::mcp {

bool matches_template(std::string_view pattern, std::string_view uri) noexcept {
    auto open = pattern.find('{');
    if (open == std::string_view::npos || !uri.starts_with(pattern.substr(0, open))) {
        return open == std::string_view::npos && pattern == uri;
    }
    std::string_view rest = uri.substr(open);
    while (true) {
        const auto close = pattern.find('}', open);
        if (close == std::string_view::npos) {
            return pattern == uri;
        }
        pattern.remove_prefix(close + 1);
        open = pattern.find('{');
        const auto literal = pattern.substr(0, open);
        if (open == std::string_view::npos) {
            return rest.ends_with(literal);
        }
        const auto found = rest.find(literal);
        if (found == std::string_view::npos) {
            return false;
        }
        rest.remove_prefix(found + literal.size());
    }
}

} // namespace orch::mcp
