#include "mcp/rewrite.hpp"

#include <algorithm>

namespace orch::mcp {

std::string rewritten(std::string_view text, std::vector<rewrite> rewrites) {
    std::sort(rewrites.begin(), rewrites.end(), [](const rewrite& left, const rewrite& right) {
        return left.where.offset < right.where.offset;
    });
    std::vector<splice> edits;
    edits.reserve(rewrites.size());
    for (const auto& one : rewrites) {
        edits.push_back({one.where, one.text});
    }
    return splice_line(text, edits);
}

} // namespace orch::mcp
